//! Hostile bodies cost the program little memory, and idle connections do not keep others out (B45).

#![cfg(target_os = "linux")]

use std::fs;

use tokio::net::TcpStream;

use crate::{
    answers::accepted,
    child::{Program, real_today},
};

/// Resident memory of the program, in KiB.
fn resident(program: &Program) -> u64 {
    let id = program.child.id().expect("it runs");
    let status = fs::read_to_string(format!("/proc/{id}/status")).expect("its status");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("its memory");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

#[tokio::test]
async fn bombs_cost_little_memory_b45() {
    let program = Program::start().await;
    for number in 0..20 {
        assert_eq!(
            program.client.submit(&format!("k{number}"), accepted(real_today(), number)).await.status,
            201
        );
    }
    let before = resident(&program);
    let list = |item: &str, times| {
        format!("{{\"form_version\":\"caf-2026.1\",\"answers\":{{\"a\":[{}]}}}}", vec![item; times].join(","))
    };
    let names: Vec<String> = (0..90_000).map(|number| format!("\"{number}\":0")).collect();
    let bombs = [
        "[".repeat(1_000_000),
        "x".repeat(10_000_000),
        list("0", 500_000),
        list("{}", 330_000),
        format!("{{\"form_version\":\"caf-2026.1\",\"answers\":{{{}}}}}", names.join(",")),
    ];
    for round in 0..5 {
        for bomb in &bombs {
            let reply = program.client.submit(&format!("bomb{round}"), bomb.clone()).await;
            assert!((400..500).contains(&reply.status), "{}", reply.text);
        }
    }
    let grown = resident(&program).saturating_sub(before);
    assert!(grown <= 16 * 1024, "{grown} KiB more than before");
    assert_eq!(program.client.submit("last", accepted(real_today(), 99)).await.status, 201);
}

#[tokio::test]
async fn many_idle_connections_keep_nobody_out_b45() {
    let program = Program::start().await;
    let mut idle = Vec::new();
    for _ in 0..500 {
        idle.push(TcpStream::connect(program.client.address).await.expect("a connection"));
    }
    assert_eq!(program.client.get("/api/v1/health").await.status, 200);
}
