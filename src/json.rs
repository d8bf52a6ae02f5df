//! To be removed: the shell still reads and writes its own records with it. JSON as a tree, read and written by one small piece of code. It takes exactly what RFC 8259 allows, 127 levels deep,
//! and a test holds it to a library of general use; that library weighs more than the engine's rules in a home visit's
//! download, mostly for numbers with fractions, which no document of ours has (decision record 0011).
//!
//! It knows nothing of what a document means: see `json` for data and `answers::read` for answers.

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number, as it was written: nothing is rounded.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Fields in the order of their names, each once; of a name that was written twice, the last one.
    Object(Vec<(String, Json)>),
}

/// Where a text stops being JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotJson {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in bytes.
    pub column: usize,
    /// The text ends too early.
    pub ended: bool,
}

/// Deeper documents are refused, so that reading cannot use up the stack.
const DEEPEST: usize = 127;

impl Json {
    /// Reads a text.
    ///
    /// # Errors
    /// Where it is no JSON.
    pub fn parse(text: &str) -> Result<Json, NotJson> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(DEEPEST);
        reader.space();
        match value {
            Some(value) if reader.at == text.len() => Ok(value),
            _ => Err(reader.stopped()),
        }
    }

    /// A field of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(fields) => field(fields, name),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; none if it is no list.
    #[must_use]
    pub fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    /// A whole number, not below zero.
    #[must_use]
    pub fn as_whole(&self) -> Option<u64> {
        match self {
            Json::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// Adds it to a text, without white space.
    pub fn write(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Flag(true) => out.push_str("true"),
            Json::Flag(false) => out.push_str("false"),
            Json::Number(digits) => out.push_str(digits),
            Json::Text(text) => write_text(out, text),
            Json::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Json::Object(fields) => {
                out.push('{');
                for (name, value) in fields {
                    write_name(out, name);
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// The field called `name` of an object's fields.
pub(crate) fn field<'a>(fields: &'a [(String, Json)], name: &str) -> Option<&'a Json> {
    let at = fields.binary_search_by(|(other, _)| other.as_str().cmp(name)).ok()?;
    fields.get(at).map(|(_, value)| value)
}

/// Adds a text in quotation marks.
pub(crate) fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        let short = match c {
            '"' => '"',
            '\\' => '\\',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                for digit in [u32::from(c) >> 4, u32::from(c) & 15] {
                    out.extend(char::from_digit(digit, 16));
                }
                continue;
            }
            _ => {
                out.push(c);
                continue;
            }
        };
        out.push('\\');
        out.push(short);
    }
    out.push('"');
}

/// Adds the name of an object's next field, with the comma before it where one is needed and the colon after it.
pub(crate) fn write_name(out: &mut String, name: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    write_text(out, name);
    out.push(':');
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

/// `None` says that it is no JSON; `at` then stands where.
impl Reader<'_> {
    fn stopped(&self) -> NotJson {
        let ended = self.at >= self.text.len();
        let before = self.text.as_bytes().get(..self.at).unwrap_or(self.text.as_bytes());
        let mut line = 1;
        let mut column = usize::from(!ended);
        for byte in before {
            column += 1;
            if *byte == b'\n' {
                line += 1;
                column = usize::from(!ended);
            }
        }
        NotJson { line, column, ended }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes past `byte`, if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.space();
        match self.peek()? {
            b'{' => self.object(depth.checked_sub(1)?),
            b'[' => self.list(depth.checked_sub(1)?),
            b'"' => self.string().map(Json::Text),
            b't' => self.word("true", Json::Flag(true)),
            b'f' => self.word("false", Json::Flag(false)),
            b'n' => self.word("null", Json::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Json> {
        self.at += 1;
        self.space();
        let mut fields = Vec::new();
        if !self.take(b'}') {
            loop {
                self.space();
                let name = self.string()?;
                self.space();
                self.take(b':').then_some(())?;
                let value = self.value(depth)?;
                fields.push((name, value));
                self.space();
                if self.take(b'}') {
                    break;
                }
                self.take(b',').then_some(())?;
            }
        }
        Some(Json::Object(in_order(fields)))
    }

    fn list(&mut self, depth: usize) -> Option<Json> {
        self.at += 1;
        self.space();
        let mut items = Vec::new();
        if !self.take(b']') {
            loop {
                items.push(self.value(depth)?);
                self.space();
                if self.take(b']') {
                    break;
                }
                self.take(b',').then_some(())?;
            }
        }
        Some(Json::List(items))
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        for byte in word.bytes() {
            self.take(byte).then_some(())?;
        }
        Some(value)
    }

    fn digits(&mut self) -> Option<()> {
        let from = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }

    fn number(&mut self) -> Option<Json> {
        let from = self.at;
        self.take(b'-');
        // A nought stands alone.
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        self.text.get(from..self.at).map(|digits| Json::Number(digits.to_owned()))
    }

    fn string(&mut self) -> Option<String> {
        self.take(b'"').then_some(())?;
        let mut text = String::new();
        let mut from = self.at;
        loop {
            match self.peek()? {
                b'"' => {
                    text.push_str(self.text.get(from..self.at)?);
                    self.at += 1;
                    return Some(text);
                }
                b'\\' => {
                    text.push_str(self.text.get(from..self.at)?);
                    self.at += 1;
                    text.push(self.escaped()?);
                    from = self.at;
                }
                0..=0x1f => return None,
                _ => self.at += 1,
            }
        }
    }

    /// What stands after a backslash.
    fn escaped(&mut self) -> Option<char> {
        let c = match self.peek()? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                let mut code = self.four_digits()?;
                if (0xd800..0xdc00).contains(&code) {
                    // The first half of a pair; the second one must follow.
                    (self.take(b'\\') && self.take(b'u')).then_some(())?;
                    let second = self.four_digits()?.checked_sub(0xdc00).filter(|half| *half < 0x400)?;
                    code = 0x1_0000 + ((code - 0xd800) << 10) + second;
                }
                return char::from_u32(code);
            }
            _ => return None,
        };
        self.at += 1;
        Some(c)
    }

    fn four_digits(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
        }
        Some(code)
    }
}

/// Fields in the order of their names; of those with one name, the last.
fn in_order(mut fields: Vec<(String, Json)>) -> Vec<(String, Json)> {
    // A stable sort of the reverse, so that the last one of a name is kept.
    fields.reverse();
    fields.sort_by(|(one, _), (other, _)| one.cmp(other));
    fields.dedup_by(|(one, _), (other, _)| one == other);
    fields
}

/// For what arrives through a library's tree, on the server.
impl From<&serde_json::Value> for Json {
    fn from(value: &serde_json::Value) -> Json {
        use serde_json::Value;
        match value {
            Value::Null => Json::Null,
            Value::Bool(flag) => Json::Flag(*flag),
            Value::Number(number) => Json::Number(number.to_string()),
            Value::String(text) => Json::Text(text.clone()),
            Value::Array(items) => Json::List(items.iter().map(Json::from).collect()),
            Value::Object(fields) => Json::Object(in_order(
                fields.iter().map(|(name, value)| (name.clone(), value.into())).collect(),
            )),
        }
    }
}

impl From<&Json> for serde_json::Value {
    fn from(value: &Json) -> serde_json::Value {
        use serde_json::Value;
        match value {
            Json::Null => Value::Null,
            Json::Flag(flag) => Value::Bool(*flag),
            Json::Number(digits) => serde_json::from_str(digits).unwrap_or_default(),
            Json::Text(text) => Value::String(text.clone()),
            Json::List(items) => items.iter().map(Value::from).collect(),
            Json::Object(fields) => {
                fields.iter().map(|(name, value)| (name.clone(), Value::from(value))).collect()
            }
        }
    }
}
