//! Which file of a crate uses which: imports, paths in code, and paths in the tokens of macros and attributes.
use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, ImplItemFn, Item, ItemUse, LitStr, Macro, Meta, Path, Type, VisRestricted, Visibility,
    visit::{self, Visit},
};

use super::{
    items::{attributes, for_tests, leaves},
    modules::{Found, ModulePath, Modules},
};

/// One file uses a name that another one defines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: String,
    pub to: String,
    pub name: String,
}

/// Every arrow between the files of a crate. `mod` lines and the re-exports of the root are none.
pub fn arrows(modules: &Modules) -> BTreeSet<Arrow> {
    let mut arrows = BTreeSet::new();
    for (path, module) in modules.iter() {
        let mut reader = Reader { modules, path, file: &module.file, arrows: &mut arrows };
        module.items.iter().for_each(|item| reader.visit_item(item));
    }
    arrows
}

struct Reader<'a> {
    modules: &'a Modules,
    path: &'a ModulePath,
    file: &'a str,
    arrows: &'a mut BTreeSet<Arrow>,
}

impl Reader<'_> {
    /// A path of code. A lone word that is also a module's name is a local variable.
    fn uses(&mut self, path: &[String]) {
        match self.modules.resolve(self.path, path) {
            Found::Module(module) if path.len() > 1 => self.uses_module(&module),
            Found::Item { file, name } => self.points_to(file, name),
            _ => {}
        }
    }

    /// The root is only passed through, and `super` names no file that its folder would not count with.
    fn uses_module(&mut self, module: &ModulePath) {
        if let Some(name) = module.last().filter(|_| !self.path.starts_with(module)) {
            self.points_to(self.modules.file(module).to_owned(), name.clone());
        }
    }

    fn points_to(&mut self, file: String, name: String) {
        if file != self.file {
            self.arrows.insert(Arrow { from: self.file.to_owned(), to: file, name });
        }
    }

    /// The paths among tokens, whatever the macro makes of them.
    fn tokens(&mut self, tokens: TokenStream) {
        let (mut path, mut colons, mut after_dot, mut outside) = (vec![], 0, false, false);
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    if colons != 2 || path.is_empty() {
                        self.ends(&mut path, outside);
                        outside = colons == 2 || after_dot;
                    }
                    path.push(word.to_string());
                    (colons, after_dot) = (0, false);
                }
                TokenTree::Punct(point) if point.as_char() == ':' => colons += 1,
                other => {
                    self.ends(&mut path, outside);
                    colons = 0;
                    after_dot = matches!(&other, TokenTree::Punct(point) if point.as_char() == '.');
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.ends(&mut path, outside);
    }

    fn ends(&mut self, path: &mut Vec<String>, outside: bool) {
        let path = std::mem::take(path);
        if !path.is_empty() && !outside {
            self.uses(&path);
        }
    }

    /// The types and functions that an attribute names as text, as serde's and schemars' do.
    fn texts(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.texts(group.stream()),
                TokenTree::Literal(literal) => {
                    let text = syn::parse_str::<LitStr>(&literal.to_string());
                    if let Ok(ty) = text.and_then(|text| text.parse::<Type>()) {
                        self.visit_type(&ty);
                    }
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        if !for_tests(&function.attrs) {
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_item_use(&mut self, import: &'ast ItemUse) {
        let re_export = self.path.is_empty() && !matches!(import.vis, Visibility::Inherited);
        if re_export || import.leading_colon.is_some() {
            return;
        }
        for leaf in leaves(&import.tree) {
            match self.modules.resolve(self.path, &leaf.path) {
                Found::Item { file, name } => self.points_to(file, name),
                Found::Module(module) => self.uses_module(&module),
                Found::OtherCrate => {}
            }
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        if path.leading_colon.is_none() {
            self.uses(&path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>());
        }
        visit::visit_path(self, path);
    }

    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}

    fn visit_macro(&mut self, invocation: &'ast Macro) {
        visit::visit_macro(self, invocation);
        self.tokens(invocation.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.visit_path(attribute.path());
        if let Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
            self.texts(list.tokens.clone());
        }
    }
}
