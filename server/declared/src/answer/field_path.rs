//! Paths of fields in a response, and the values at them.
use serde_json::Value;

/// A path: `a.b`; `a[].b` for each element of `a`; `../a` in the object that contains the list; `.` for the whole response.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldPath {
    text: String,
    up: usize,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
struct Step {
    key: String,
    each: bool,
}

/// The values at a path.
#[derive(Debug, Default)]
pub struct FieldValues<'a> {
    pub values: Vec<&'a Value>,
    /// Whether a value exists, even null.
    pub exists: bool,
    /// Whether an object lacks a key of the path. Null and an empty list on the way do not count: the path may be right.
    pub is_missing: bool,
}

/// The rows of a list. Each row is the list's element, after the objects that contain the lists around it, outermost first.
#[derive(Debug, Default)]
pub struct Rows<'a> {
    pub rows: Vec<Vec<&'a Value>>,
    /// Whether a part of the response has no list where the path has one.
    pub is_missing: bool,
}

static NULL: Value = Value::Null;

impl FieldPath {
    /// Parses a path.
    ///
    /// # Errors
    /// The text is not a path.
    pub fn of(text: &str) -> Result<Self, String> {
        let (mut up, mut rest) = (0, text.trim());
        while let Some(outer) = rest.strip_prefix("../") {
            (up, rest) = (up + 1, outer);
        }
        if rest == "." {
            return Ok(Self { text: text.trim().into(), up, steps: vec![] });
        }
        let step = |part: &str| {
            let (key, each) = part.strip_suffix("[]").map_or((part, false), |key| (key, true));
            let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
            let good = !key.is_empty() && key.chars().all(plain);
            let wrong = || format!("\"{text}\" is no path, such as name, zones[].id or ../label");
            good.then(|| Step { key: key.into(), each }).ok_or_else(wrong)
        };
        Ok(Self { text: text.trim().into(), up, steps: rest.split('.').map(step).collect::<Result<_, _>>()? })
    }

    /// The path as the file has it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The last key; `None` for `.`.
    pub fn key(&self) -> Option<&str> {
        self.steps.last().map(|step| step.key.as_str())
    }

    /// A key of the path that may hold a secret or personal data.
    pub fn secret(&self) -> Option<&str> {
        let secret = |key: &str| {
            let key = key.to_lowercase();
            ["api_key", "apikey", "token", "password", "secret", "email", "invite"]
                .iter()
                .any(|word| key.contains(word))
        };
        self.steps.iter().map(|step| step.key.as_str()).find(|key| secret(key))
    }

    /// Number of `../` at its start.
    pub fn up(&self) -> usize {
        self.up
    }

    /// For the path of a list: number of objects that contain the list or a list around it. A field of its rows may have this
    /// many `../`.
    pub fn depth(&self) -> usize {
        match self.steps.split_last() {
            None => 0,
            Some((_, around)) => 1 + around.iter().filter(|step| step.each).count(),
        }
    }

    /// Whether it selects a list of values.
    pub fn is_many(&self) -> bool {
        self.steps.iter().any(|step| step.each)
    }

    /// Values at the path for a row of [`Rows`]. An element without the key gives null, so that lists of the same elements have
    /// the same length.
    pub fn of_row<'a>(&self, row: &[&'a Value]) -> FieldValues<'a> {
        let mut values = FieldValues::default();
        if let Some(base) = row.len().checked_sub(self.up + 1).and_then(|at| row.get(at)) {
            collect_values(base, &self.steps, false, &mut values);
        }
        values
    }

    /// Elements of the list at the path.
    pub fn rows<'a>(&self, answer: &'a Value) -> Rows<'a> {
        let mut rows = Rows::default();
        match (self.steps.as_slice(), answer) {
            ([], Value::Array(items)) => rows.rows = items.iter().map(|item| vec![item]).collect(),
            ([], _) => rows.is_missing = !answer.is_null(),
            (steps, _) => collect_rows(answer, steps, &mut vec![], &mut rows),
        }
        rows
    }
}

fn collect_values<'a>(value: &'a Value, steps: &[Step], is_element: bool, values: &mut FieldValues<'a>) {
    let Some((step, rest)) = steps.split_first() else {
        values.exists = true;
        values.values.push(value);
        return;
    };
    match value.get(&step.key) {
        None => {
            values.is_missing |= !value.is_null();
            if is_element {
                values.values.push(&NULL);
            }
        }
        Some(Value::Array(items)) if step.each => {
            items.iter().for_each(|item| collect_values(item, rest, true, values))
        }
        Some(inner) => collect_values(inner, rest, is_element, values),
    }
}

fn collect_rows<'a>(value: &'a Value, steps: &[Step], around: &mut Vec<&'a Value>, rows: &mut Rows<'a>) {
    let Some((step, rest)) = steps.split_first() else { return };
    match value.get(&step.key) {
        None => rows.is_missing |= !value.is_null(),
        Some(Value::Array(items)) if step.each || rest.is_empty() => {
            around.push(value);
            for item in items {
                match rest {
                    [] => rows.rows.push(around.iter().copied().chain([item]).collect()),
                    rest => collect_rows(item, rest, around, rows),
                }
            }
            around.pop();
        }
        Some(Value::Null) => {}
        Some(_) if step.each || rest.is_empty() => rows.is_missing = true,
        Some(inner) => collect_rows(inner, rest, around, rows),
    }
}
