//! `dateline man`: the manual page, all commands on one page.

use super::Cli;
use super::report::Exit;
use clap::CommandFactory;
use clap_mangen::Man;
use std::io::{self, Write};

/// What every command ends with.
const EXIT: &str = ".SH \"EXIT STATUS\"
.TP
0
All is well.
.TP
1
There are problems in the content, or warnings under \\fB\\-\\-strict\\fR; what is sound is still built.
.TP
2
The command line means nothing.
.TP
3
Reading or writing failed.
.SH FILES
.TP
content/
the articles
.TP
dateline.yaml
the configuration
.TP
corrections.yaml
what people decided
.TP
templates/, static/
what the site has of its own in the place of the theme
.TP
public/
the built site
.TP
\\&.dateline/
what may be deleted at any time
";

/// Prints the manual page.
pub fn run() -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    out.write_all(&page()?)?;
    out.flush()?;
    Ok(Exit::Done)
}

/// Makes the page: the whole program first, then each command.
fn page() -> io::Result<Vec<u8>> {
    let command = Cli::command();
    let commands: Vec<clap::Command> =
        command.get_subcommands().filter(|command| !command.is_hide_set()).cloned().collect();
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    writeln!(page, ".SH COMMANDS")?;
    for command in commands {
        section(&mut page, command)?;
    }
    page.write_all(EXIT.as_bytes())?;
    Ok(page)
}

/// Writes one command as a part of the page.
fn section(page: &mut Vec<u8>, command: clap::Command) -> io::Result<()> {
    let name = format!("dateline {}", command.get_name());
    writeln!(page, ".SS \"{name}\"")?;
    let has_options = command.get_arguments().any(|argument| !argument.is_hide_set());
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let man = Man::new(command.disable_help_flag(true).bin_name(name));
    let mut part = Vec::new();
    man.render_synopsis_section(&mut part)?;
    writeln!(part, ".PP\n{}", about.replace('\\', "\\\\").replace('-', "\\-"))?;
    if has_options {
        man.render_options_section(&mut part)?;
    }
    // Headings of its own would stand beside those of the page.
    for line in String::from_utf8_lossy(&part).lines().filter(|line| !line.starts_with(".SH")) {
        writeln!(page, "{line}")?;
    }
    Ok(())
}
