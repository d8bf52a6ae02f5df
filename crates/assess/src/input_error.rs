//! Why a file could not be read or written, and where. It never repeats what was typed into a record.
//! Problems of a record that could be read are the engine's.

use assessment_form::UnreadCode;
use thiserror::Error;

/// One thing that is wrong with a file, as `FILE:LINE: PATH: MESSAGE`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}{}{}: {reason}", line.map(|line| format!(":{line}")).unwrap_or_default(), after_colon(path))]
pub(crate) struct InputError {
    /// The file, or `standard input`.
    pub(crate) file: String,
    /// The line, from 1, where it is known.
    pub(crate) line: Option<usize>,
    /// The path within the document; empty for the whole of it.
    pub(crate) path: String,
    /// What is wrong and what to do.
    pub(crate) reason: Reason,
}

fn after_colon(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!(": {path}") }
}

impl InputError {
    /// An error about a whole file.
    pub(crate) fn new(file: &str, reason: Reason) -> InputError {
        InputError { file: file.to_owned(), line: None, path: String::new(), reason }
    }

    /// The same, on a line.
    pub(crate) fn at_line(self, line: usize) -> InputError {
        InputError { line: Some(line), ..self }
    }

    /// The same, at a path within the document.
    pub(crate) fn at(self, path: &str) -> InputError {
        InputError { path: path.to_owned(), ..self }
    }
}

impl From<InputError> for Vec<InputError> {
    fn from(error: InputError) -> Vec<InputError> {
        vec![error]
    }
}

/// What is wrong and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Reason {
    #[error("there is no such file: check the name and the folder")]
    NotFound,
    #[error("this file may not be read: ask its owner for permission")]
    NotAllowed,
    #[error("this file could not be read: try again, or copy it somewhere else first")]
    NotReadable,
    #[error("this is a folder: name the files in it")]
    Folder,
    #[error("this folder could not be read: check its permissions")]
    FolderNotReadable,
    #[error("there is no .json file in this folder")]
    FolderWithoutJson,
    #[error("it could not be written: check the folder's permissions and the free space on the disk")]
    NotWritable,
    #[error("it belongs to nothing in the rule pack and could not be removed")]
    NotRemovable,
    #[error("reading stopped here: the input broke off")]
    BrokeOff,
    #[error("this is longer than 16 MiB: split it into several files")]
    FileTooLong,
    #[error("this record is longer than 1 MiB, which no assessment is: check what is in it")]
    RecordTooLong,
    #[error("this is UTF-16: save it as UTF-8")]
    Utf16,
    #[error(
        "this begins with a byte order mark: save it as UTF-8 without one (\"UTF-8\", not \"UTF-8 with BOM\")"
    )]
    ByteOrderMark,
    #[error("this is not UTF-8 here: save it as UTF-8")]
    NotUtf8,
    #[error("this is nested more than 64 deep, which no record and no rule pack is: check its brackets")]
    TooDeep,
    #[error("this is empty: a JSON document is needed")]
    Empty,
    #[error("this ends too early: a bracket, brace or quotation mark is not closed. Was the file cut off?")]
    EndsEarly,
    #[error("this is not JSON: look here and just before for a comma, a bracket or a quotation mark")]
    NotJson,
    #[error("this number is too large: check its digits and its exponent")]
    NumberTooLarge,
    #[error("this name appears twice, and only one could be read: keep one of them")]
    NameTwice,
    #[error("this list is empty: there is no record in it")]
    EmptyList,
    #[error("there is no record on this line")]
    EmptyLine,
    #[error("each line must be one record `{{…}}`, not a list")]
    ListOnLine,
    #[error("a record is a JSON object `{{…}}`, and this is not one")]
    NotAnObject,
    #[error("the answers must be a JSON object `{{…}}`")]
    AnswersNotAnObject,
    #[error("a day such as 2026-11-23 is needed here")]
    NotADay,
    #[error("this is a rule pack and not a record: use `assess pack check`")]
    RulePackNotRecord,
    #[error("this is an authority's profile and not a record: give it with --profile")]
    ProfileNotRecord,
    #[error("this is a record and not a rule pack: use `assess check`")]
    RecordNotRulePack,
    #[error("{}. Nothing is worked out until it is corrected", unread(*.0))]
    Unread(UnreadCode),
    #[error("{0} more records in it cannot be read")]
    MoreRecords(usize),
    #[error("it has no such rule; it has {0}")]
    NoSuchRule(String),
    /// The engine's own message about a rule pack, a profile or built-in data.
    #[error("{0}")]
    Data(String),
}

/// What was not understood in a record, and what to do.
pub(crate) fn unread(code: UnreadCode) -> &'static str {
    match code {
        UnreadCode::UnknownQuestion => "the form has no such question: correct the name, or remove it",
        UnreadCode::TooManyRows => "there are more rows than a record may have: remove some",
        UnreadCode::WrongKind => {
            "this is not the kind of answer that the question takes: text, a list, a date or an object"
        }
    }
}
