//! Numbers and addresses that are wrong in one place only, so that each rule is asked for by itself. The vectors of
//! `validation_vectors.json` are what people type; these are one step beside it.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::validation::identifiers as id;

fn each(read: fn(&str) -> Option<String>, valid: &[&str], invalid: &[&str]) {
    for text in valid {
        assert!(read(text).is_some(), "`{text}` is refused");
    }
    for text in invalid {
        assert_eq!(read(text), None, "`{text}` is taken");
    }
}

#[test]
fn postcodes() {
    let valid =
        ["M1 1AA", "M60 1NW", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "GIR 0AA", "l s2-8bb", "BFPO 58"];
    let letter_digit = ["Q1 1AA", "V1 1AA", "X1 1AA", "MM 1AA", "11 1AA"];
    let with_third = ["V60 1NW", "160 1NW", "M6I 1NW", "M6L 1NW", "M6- 1NWW"];
    let two_letters = ["XR2 6XH", "CI2 6XH", "CJ2 6XH", "CZ2 6XH", "CRA 6XH", "1R2 6XH"];
    let two_and_two = ["QN55 1PT", "DI55 1PT", "DNA5 1PT", "DN5C 1PT", "1N55 1PT", "D155 1PT"];
    let inward = ["M1 AAA", "M1 1CA", "M1 1AC", "M1 11A", "M1 1A1", "M1 1A", "M1 1AAA", "DN555 1PT"];
    let giro = ["GIR 1AA", "GIR 0AB", "ABC 0AA"];
    each(id::postcode, &valid, &[]);
    for wrong in [&letter_digit[..], &with_third, &two_letters, &two_and_two, &inward, &giro] {
        each(id::postcode, &[], wrong);
    }
}

#[test]
fn phones() {
    each(
        id::phone,
        &["0113 376 0336", "0800 1111", "01204 52012", "07700 900123 x1", "07700 900123 ext. 123456"],
        &["0113 376 033a", "0113a760336", "0800 11112", "0113 376 03366", "0800 111"],
    );
    each(id::phone, &[], &["07700 900123 x1a", "07700 900123 x1234567", "07700 900123 x", "x1", "", "+"]);
    each(id::phone, &["+44 113 376 0336", "+1234567", "+123456789012345"], &[]);
    each(id::phone, &[], &["+0113 376 0336", "+123456", "+1234567890123456", "+44 113 376 O336"]);
    each(id::phone, &["0044 113 376 0336", "001234567"], &["00123456", "001234567890123456"]);
    each(id::phone, &["999", "101", "111", "112", "18000"], &["998", "1001", "9999"]);
}

#[test]
fn emails() {
    let label = |length: usize| format!("a@{}.org", "b".repeat(length));
    let local = |length: usize| format!("{}@example.org", "a".repeat(length));
    // Three full labels, and a last one that makes the whole as long as it may be, or one longer.
    let whole = |last: usize| {
        let full = "b".repeat(63);
        format!("{}@{full}.{full}.{}.uk", "a".repeat(64), "c".repeat(last))
    };
    assert_eq!(whole(58).len(), 254);
    each(id::email, &["a@example.org", "a.b+c@exämple.co.uk", &label(63), &local(64), &whole(58)], &[]);
    each(id::email, &[], &[&label(64), &local(65), &whole(59)]);
    each(id::email, &[], &["a@localhost", "a@example..org", "a@.org", "a@example.", "@example.org", "a", ""]);
    each(id::email, &[], &["a@-b.org", "a@b-.org", "a@b_c.org", "a@b!c.org", "a@b c.org"]);
    each(id::email, &["a\u{200b}b@c.org", "a@b\u{200b}.org"], &["a b@c.org", "a,b@c.org", "a;b@c.org"]);
    each(id::email, &[], &["a@b@c.org", "a..b@c.org", ".a@c.org", "a.@c.org"]);
}

#[test]
fn times_and_scores() {
    each(id::time, &["0:00", "23:59", "02.30", "0230"], &["24:00", "12:60", "1a:30", "123:30", "2.30"]);
    each(id::time, &[], &["12:3", "12:345", "12:3a", ":30", "12:", "1", "é30"]);
    assert_eq!(id::time("09.05").unwrap(), "09:05");
    for (text, score) in [("0", Some(0)), ("10", Some(10)), (" 7 ", Some(7)), ("05", Some(5))] {
        assert_eq!(id::score(text), score, "{text}");
    }
    for text in ["11", "+5", "-1", "005", "", "5.0", "٥"] {
        assert_eq!(id::score(text), None, "{text}");
    }
}

#[test]
fn amounts_are_read_in_pence() {
    for (text, pence) in [
        ("25", 2500),
        ("£25.50", 2550),
        (" £ 1,200 ", 120_000),
        ("0", 0),
        ("0.05", 5),
        ("1000000", 100_000_000),
    ] {
        assert_eq!(id::pence(text), Some(pence), "{text}");
    }
    for text in
        ["", "£", "25.5", "25.555", "-5", "1000001", "99999999", "a few", "25 pounds", "2,5.00.1", "１e3"]
    {
        assert_eq!(id::pence(text), None, "{text}");
    }
}

#[test]
fn references() {
    let longest = "A".repeat(20);
    each(
        id::reference,
        &["a", "CAF1", "CAF-1", "CAF 1", &longest],
        &["", "é", "C+1", &format!("{longest}A")],
    );
    assert_eq!(id::reference("caf – 1").as_deref(), Some("caf1"));
}
