//! The answer of a declared tool: the fields of the response that its file names, and nothing else.
mod cell;
mod field_path;

use std::{collections::BTreeSet, sync::Arc};

use intervals_core::{JsonMap, schema};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, json};

use cell::{AnswerBudget, AnswerCell, MAX_ELEMENTS};
pub(super) use field_path::FieldPath;

/// A field of the answer: a column of a list, or a line of an object.
pub(super) struct AnswerField {
    pub name: String,
    /// Where the response has it.
    pub path: FieldPath,
}

/// The shape of an answer: the list to return, if any, and the fields.
pub(super) struct AnswerShape {
    list: Option<FieldPath>,
    fields: Vec<AnswerField>,
    names: Arc<[String]>,
}

/// Characters of a text in a list.
const MAX_LIST_TEXT: usize = 200;
/// Characters of a text outside of a list.
const MAX_TEXT: usize = 4000;
/// Characters of all values of an answer.
const MAX_TOTAL: usize = 100_000;

impl AnswerShape {
    pub fn new(list: Option<FieldPath>, fields: Vec<AnswerField>) -> Self {
        let names = fields.iter().map(|field| field.name.clone()).collect();
        Self { list, fields, names }
    }

    /// Whether the answer is a list of rows.
    pub fn is_list(&self) -> bool {
        self.list.is_some()
    }

    /// Whether the answer has no fields.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The output schema. A tool that `writes` may answer only `done`.
    pub fn schema(&self, writes: bool) -> JsonMap {
        let mut properties: JsonMap =
            self.fields.iter().map(|field| (field.name.clone(), cell::schema(&field.name))).collect();
        let mut schema = JsonMap::from_iter([("type".to_owned(), json!("object"))]);
        if self.is_list() {
            let rows = json!({"type": "array", "items": {"type": "object", "properties": properties}});
            let list = json!({"items": rows, "total": {"type": "integer"}, "next": {"type": "object"}});
            schema.insert("properties".into(), list);
            schema.insert("required".into(), json!(["items"]));
        } else {
            if writes || self.is_empty() {
                properties.entry("done").or_insert_with(|| json!({"type": "boolean"}));
            }
            schema.insert("properties".into(), Value::Object(properties));
        }
        schema::add_property(&mut schema, "athlete", json!({"type": "string"}));
        schema::add_property(&mut schema, "notes", json!({"type": "array", "items": {"type": "string"}}));
        schema
    }

    /// Rows of the list from `offset`: at most `limit`, and only as many as fit into [`MAX_TOTAL`]. Also returns the number of
    /// rows in the response. Missing, odd and cut values are noted.
    pub fn rows(&self, answer: &Value, offset: usize, limit: usize, note: &mut dyn FnMut(String)) -> (Vec<Row>, usize) {
        let received = self.list.as_ref().map(|list| list.rows(answer)).unwrap_or_default();
        if received.is_missing {
            note("a part of the answer has no list where this tool looks for one".into());
        }
        let mut remarks = Remarks::default();
        let mut budget = AnswerBudget::new(MAX_LIST_TEXT, MAX_TOTAL);
        let mut rows = vec![];
        for row in received.rows.iter().skip(offset).take(limit) {
            let row = self.row(row, &mut budget, &mut remarks);
            // A cut row would look complete, so it is dropped; the first row is kept, to return something.
            if rows.is_empty() || !budget.is_over() {
                rows.push(row);
            }
            if budget.is_over() {
                let shown = rows.len();
                note(format!("there is room for {shown} of these rows only; ask for others, or for less in each"));
                break;
            }
        }
        remarks.report("no row has", note);
        (rows, received.rows.len())
    }

    /// The response as one object. Missing, odd and cut values are noted.
    pub fn object(&self, answer: &Value, note: &mut dyn FnMut(String)) -> Row {
        let mut remarks = Remarks::default();
        let mut budget = AnswerBudget::new(MAX_TEXT, MAX_TOTAL);
        let row = self.row(&[answer], &mut budget, &mut remarks);
        if budget.is_over() {
            note(format!("the answer is cut at {MAX_TOTAL} characters"));
        }
        remarks.report("the answer has no", note);
        row
    }

    fn row<'a>(&'a self, row: &[&Value], budget: &mut AnswerBudget, remarks: &mut Remarks<'a>) -> Row {
        let cell = |field: &'a AnswerField| {
            let values = field.path.of_row(row);
            if values.exists {
                remarks.existing.insert(field.path.text());
            }
            if values.is_missing {
                remarks.missing.insert(field.path.text());
            }
            let cell = AnswerCell::of(&field.name, &values.values, field.path.is_many(), budget);
            if budget.is_cut {
                remarks.cut.insert(&field.name);
            }
            cell.unwrap_or_else(|| {
                remarks.odd.insert(&field.name);
                AnswerCell::None
            })
        };
        Row { names: self.names.clone(), cells: self.fields.iter().map(cell).collect() }
    }
}

/// Remarks about fields: `odd` and `cut` by name, `existing` and `missing` by path.
#[derive(Default)]
struct Remarks<'a> {
    odd: BTreeSet<&'a str>,
    cut: BTreeSet<&'a str>,
    existing: BTreeSet<&'a str>,
    missing: BTreeSet<&'a str>,
}

impl Remarks<'_> {
    fn report(&self, prefix: &str, note: &mut dyn FnMut(String)) {
        for name in &self.odd {
            note(format!("{name} is left out where it is not a plain value, or not of its unit"));
        }
        for name in &self.cut {
            note(format!("{name} has more than the first {MAX_ELEMENTS}, which are shown"));
        }
        let missing: Vec<_> = self.missing.difference(&self.existing).copied().collect();
        if !missing.is_empty() {
            note(format!("{prefix} {}", missing.join(", ")));
        }
    }
}

/// A row of a list, or the object.
pub(super) struct Row {
    names: Arc<[String]>,
    cells: Vec<AnswerCell>,
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.cells.len()))?;
        for (name, cell) in self.names.iter().zip(&self.cells) {
            map.serialize_entry(name, cell)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests;
