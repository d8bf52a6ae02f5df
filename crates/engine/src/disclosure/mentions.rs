//! Protected addresses: whether the record has one, and whether a text gives it away.

use assessment_form::typed::squeezed;

use crate::answers::{Address, Answers, Node};

/// A shorter run of letters is too common to give an address away.
const SHORTEST: usize = 6;

/// Whether the family's address must not reach other people. Unless somebody has said that it need not be kept secret,
/// it is.
#[must_use]
pub fn is_address_protected(answers: &Answers) -> bool {
    let child = &answers.identifying_details;
    let kept = |code: &str| !matches!(code, "" | "none" | "not_told");
    child.address_confidential != "no"
        || child.address_status == "withheld"
        || answers.parents_and_carers.iter().any(|parent| kept(&parent.not_to_be_told))
}

/// What gives a protected address away, without spaces and in lower case.
pub(super) struct GivenAway(Vec<String>);

impl GivenAway {
    /// The addresses of the child and of parents and carers, also where the question is not asked any more.
    pub(super) fn of(answers: &Answers) -> GivenAway {
        let parents = answers.parents_and_carers.iter().map(|parent| &parent.address);
        let mut parts = Vec::new();
        for address in std::iter::once(&answers.identifying_details.address).chain(parents) {
            parts.extend(of_address(address));
        }
        GivenAway(parts)
    }

    /// Whether a text holds any of it, however it is spaced or written.
    pub(super) fn is_in(&self, text: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let text = squeezed(text);
        self.0.iter().any(|part| text.contains(part.as_str()))
    }

    /// The same of an answer.
    pub(super) fn is_in_node(&self, node: &Node<'_>) -> bool {
        match node {
            Node::Text(text) => self.is_in(text),
            Node::List(items) => self.is_in(&items.join(" ")),
            Node::Date(_) | Node::Marks(_) | Node::Group(_) | Node::Rows(_) => false,
        }
    }
}

/// The postcode, and each run of words without a number, such as the street.
fn of_address(address: &Address) -> Vec<String> {
    let mut parts = Vec::new();
    let postcode = squeezed(&address.postcode);
    if postcode.len() >= 5 {
        parts.push(postcode);
    }
    for line in [&address.line_1, &address.line_2] {
        for run in line.split(|letter: char| letter == ',' || letter.is_ascii_digit()) {
            let run = squeezed(run);
            let run = run.strip_prefix("flat").unwrap_or(&run);
            if run.chars().count() >= SHORTEST {
                parts.push(run.to_owned());
            }
        }
    }
    parts
}

/// Whether a text gives a protected address away, however it is spaced or written.
#[must_use]
pub fn gives_address_away(answers: &Answers, text: &str) -> bool {
    is_address_protected(answers) && GivenAway::of(answers).is_in(text)
}

/// Whether an answer must not be on paper that nobody chose a recipient for, such as a page printed by the browser: the
/// lines of a protected address, and any text that gives it away.
#[must_use]
pub fn is_hidden_on_paper(answers: &Answers, path: &str) -> bool {
    if !is_address_protected(answers) {
        return false;
    }
    let child = path.starts_with("identifying_details.address.");
    let parent = path.starts_with("parents_and_carers[") && path.contains("].address.");
    child || parent || answers.node(path).is_some_and(|node| GivenAway::of(answers).is_in_node(&node))
}
