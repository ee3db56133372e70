//! What shells and `man` are given names every command and flag.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use clap::CommandFactory;
use dateline::cli::Cli;
use sandbox::Sandbox;

fn commands() -> Vec<clap::Command> {
    let all: Vec<_> = Cli::command().get_subcommands().filter(|c| !c.is_hide_set()).cloned().collect();
    assert!(all.len() > 6);
    all
}

/// Gives what a command prints; it needs no site.
fn printed(args: &[&str]) -> String {
    let (code, out, err) = Sandbox::new().run(args);
    assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    out
}

#[test]
fn every_shell_completes_every_command_and_flag() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        for command in commands() {
            assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
            for flag in command.get_arguments().filter_map(|argument| argument.get_long()) {
                assert!(script.contains(flag), "{shell}: {} --{flag}", command.get_name());
            }
        }
    }
}

#[test]
fn an_unknown_shell_is_wrong_usage() {
    let (code, out, err) = Sandbox::new().run(&["completions", "cmd"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("bash") && err.contains("powershell"), "{err}");
}

#[test]
fn the_manual_page_tells_of_every_command_and_flag() {
    let page = printed(&["man"]);
    assert!(page.starts_with(".ie") || page.starts_with(".TH"), "{page:.80}");
    for command in commands() {
        assert!(page.contains(&format!(".SS \"dateline {}\"", command.get_name())), "{}", command.get_name());
        for flag in command.get_arguments().filter_map(|argument| argument.get_long()) {
            assert!(page.contains(&flag.replace('-', "\\-")), "{} --{flag}", command.get_name());
        }
    }
    for status in ["EXIT STATUS", "\\-\\-strict", "corrections.yaml"] {
        assert!(page.contains(status), "{status}");
    }
}
