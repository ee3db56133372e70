//! `dateline tag` as a program that another one talks to.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

/// Starts the program with pipes to talk through.
fn tagging() -> Child {
    let mut program = Command::new(env!("CARGO_BIN_EXE_dateline"));
    program.arg("tag").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

#[test]
fn a_caller_may_wait_for_the_answer_to_each_line() {
    let mut program = tagging();
    let (mut ask, answers) = (program.stdin.take().unwrap(), BufReader::new(program.stdout.take().unwrap()));
    let (send, heard) = channel();
    let reader = std::thread::spawn(move || answers.lines().for_each(|line| send.send(line.unwrap()).unwrap()));
    for number in 0..3 {
        writeln!(ask, "{{\"doc\":{number},\"dct\":\"2022-01-19\",\"text\":\"He left yesterday.\"}}").unwrap();
        ask.flush().unwrap();
        let answer = heard.recv_timeout(Duration::from_secs(60)).expect("an answer while the pipe is open");
        assert!(answer.starts_with(&format!("{{\"doc\":{number},")) && answer.contains("2022-01-18"), "{answer}");
    }
    drop(ask);
    assert!(program.wait().unwrap().success());
    reader.join().unwrap();
}

#[test]
fn many_lines_come_back_in_order() {
    let mut program = tagging();
    let mut ask = program.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        for number in 0..5000 {
            let text = "He left in May 2014. ".repeat(number % 17);
            writeln!(ask, "{{\"doc\":{number},\"text\":\"{text}\"}}").unwrap();
        }
    });
    let answers = BufReader::new(program.stdout.take().unwrap());
    let mut count = 0;
    for (number, line) in answers.lines().enumerate() {
        assert!(line.unwrap().starts_with(&format!("{{\"doc\":{number},")));
        count += 1;
    }
    writer.join().unwrap();
    assert!(program.wait().unwrap().success());
    assert_eq!(count, 5000);
}
