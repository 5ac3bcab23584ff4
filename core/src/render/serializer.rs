//! Serializes an answer into a tree, and recognizes the unit types by their serde names.
use serde::{
    Serialize, Serializer,
    ser::{Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple},
};

use super::{
    RenderError, layout,
    node::{self, Leaf, Node},
    resolve::quoted,
};
use crate::{
    client::{RAW_JSON, sports, text},
    columns, others, rendered,
    units::{self, Units},
};

/// The serde name of the rows of a list, where long texts are cut.
pub(crate) const ROWS: &str = "$Rows";
/// The serde name of the arguments of the next page.
pub(crate) const NEXT: &str = "$Next";

/// The longest text in a list, in characters.
const BRIEF: usize = 200;

#[derive(Clone, Copy)]
pub struct Tree {
    pub units: Units,
    /// Whether it is a row of a list, where long texts are cut.
    pub brief: bool,
}

macro_rules! whole {
    ($($method:ident $type:ty),*) => {$(
        fn $method(self, v: $type) -> Result<Node, RenderError> {
            Ok(Node::leaf(v.into(), v.to_string()))
        }
    )*};
}

impl Serializer for Tree {
    type Ok = Node;
    type Error = RenderError;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Impossible<Node, RenderError>;
    type SerializeTupleVariant = Impossible<Node, RenderError>;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Impossible<Node, RenderError>;

    whole!(serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64);
    whole!(serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64);

    fn serialize_f32(self, v: f32) -> Result<Node, RenderError> {
        Ok(Node::number(v.into()))
    }
    fn serialize_f64(self, v: f64) -> Result<Node, RenderError> {
        Ok(Node::number(v))
    }
    fn serialize_bool(self, v: bool) -> Result<Node, RenderError> {
        Ok(Node::leaf(v.into(), if v { "yes" } else { "no" }))
    }
    fn serialize_char(self, v: char) -> Result<Node, RenderError> {
        Ok(Node::text(&v.to_string()))
    }
    fn serialize_str(self, v: &str) -> Result<Node, RenderError> {
        Ok(Node::text(v))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<Node, RenderError> {
        Err(RenderError("bytes have no place in an answer; link a file".into()))
    }
    fn serialize_none(self) -> Result<Node, RenderError> {
        Ok(Node::Null)
    }
    fn serialize_unit(self) -> Result<Node, RenderError> {
        Ok(Node::Null)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Node, RenderError> {
        Ok(Node::Null)
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Node, RenderError> {
        Ok(Node::text(variant))
    }
    fn serialize_some<T: Serialize + ?Sized>(self, v: &T) -> Result<Node, RenderError> {
        v.serialize(self)
    }

    /// Recognizes unit types.
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, v: &T) -> Result<Node, RenderError> {
        if name == ROWS {
            return v.serialize(Self { brief: true, ..self });
        }
        if name == text::WHOLE {
            return v.serialize(Self { brief: false, ..self });
        }
        let leaf = match v.serialize(self)? {
            Node::Leaf(leaf) => leaf,
            // An author whose id is unknown is still an author.
            Node::Null if name == text::CREATOR || name == text::OWNED => {
                return Ok(Node::Author { creator: name == text::CREATOR, id: None });
            }
            other if name == RAW_JSON => {
                return Ok(Node::Json(other.into_json()));
            }
            Node::Object(members) if name == NEXT => {
                let text: Vec<_> =
                    members.iter().map(|(key, node)| format!("{key}={}", layout::text(node).trim())).collect();
                return Ok(Node::leaf(Node::Object(members).into_json(), text.join(" ")));
            }
            other if name == rendered::NAME => return Ok(Node::Rendered(Box::new(other))),
            Node::Object(members) if name == text::SIGNED => {
                let (mut text, mut by) = (String::new(), None);
                for (_, node) in members {
                    match node {
                        Node::Text(written) => text = written,
                        Node::Author { id, .. } => by = id,
                        _ => {}
                    }
                }
                return Ok(Node::Signed { text, by });
            }
            Node::Object(members) if name == columns::NAME => return Ok(Node::Columns(members)),
            other => return Ok(other),
        };
        match name {
            others::NAME => Ok(quoted(&leaf.text)),
            text::TEXT if self.brief => Ok(Node::Text(text::truncate(&leaf.text, BRIEF))),
            text::TEXT => Ok(Node::Text(leaf.text)),
            text::CREATOR | text::OWNED => Ok(Node::Author { creator: name == text::CREATOR, id: Some(leaf.text) }),
            sports::SPORT => Ok(Node::Sport(leaf.text)),
            _ => Ok(match (leaf.json.as_f64(), name) {
                (Some(mps), units::OPEN_SPEED) => Node::Speed { mps, json: leaf.json },
                (Some(number), _) => match units::read(name, number, self.units) {
                    Some(r) => Node::Leaf(Leaf { json: leaf.json, text: r.value, unit: r.unit, suffix: r.suffix }),
                    None => Node::Leaf(leaf),
                },
                (None, _) => Node::Leaf(leaf),
            }),
        }
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        v: &T,
    ) -> Result<Node, RenderError> {
        Ok(Node::Object(vec![(variant.into(), v.serialize(self)?)]))
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Items, RenderError> {
        Ok(Items(self, vec![]))
    }
    fn serialize_tuple(self, _: usize) -> Result<Items, RenderError> {
        Ok(Items(self, vec![]))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Members, RenderError> {
        Ok(Members { tree: self, members: vec![] })
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members, RenderError> {
        Ok(Members { tree: self, members: vec![] })
    }
    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, RenderError> {
        Err(RenderError(format!("{name}: a tuple struct has no keys to read; name its fields")))
    }
    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, RenderError> {
        Err(RenderError(format!("{name}: a tuple variant has no keys to read")))
    }
    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, RenderError> {
        Err(RenderError(format!("{name}: tag the enum inside (`serde(tag)`) or flatten it")))
    }
}

pub struct Items(Tree, Vec<Node>);

impl SerializeSeq for Items {
    type Ok = Node;
    type Error = RenderError;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, v: &T) -> Result<(), RenderError> {
        self.1.push(v.serialize(self.0)?);
        Ok(())
    }
    fn end(self) -> Result<Node, RenderError> {
        Ok(Node::Array(self.1))
    }
}

impl SerializeTuple for Items {
    type Ok = Node;
    type Error = RenderError;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, v: &T) -> Result<(), RenderError> {
        SerializeSeq::serialize_element(self, v)
    }
    fn end(self) -> Result<Node, RenderError> {
        SerializeSeq::end(self)
    }
}

pub struct Members {
    tree: Tree,
    members: node::Members,
}

impl SerializeStruct for Members {
    type Ok = Node;
    type Error = RenderError;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, v: &T) -> Result<(), RenderError> {
        self.members.push((key.into(), v.serialize(self.tree)?));
        Ok(())
    }
    fn end(self) -> Result<Node, RenderError> {
        Ok(Node::Object(self.members))
    }
}

/// Serializes maps, and structs with a flattened member, which serde treats as maps.
impl SerializeMap for Members {
    type Ok = Node;
    type Error = RenderError;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), RenderError> {
        let Node::Leaf(key) = key.serialize(self.tree)? else {
            return Err(RenderError("a key is not a string".into()));
        };
        self.members.push((key.text.into(), Node::Null));
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, v: &T) -> Result<(), RenderError> {
        if let Some((_, value)) = self.members.last_mut() {
            *value = v.serialize(self.tree)?;
        }
        Ok(())
    }
    fn end(self) -> Result<Node, RenderError> {
        SerializeStruct::end(self)
    }
}
