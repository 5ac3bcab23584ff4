//! The layers of the workspace, and which crate may depend on which.
use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

use crate::world::path;

/// The crates of one folder, and the layers that they may depend on.
struct Layer {
    name: &'static str,
    /// `packs/*` stands for each folder in it; the first layer that fits counts.
    folder: &'static str,
    uses: &'static [&'static str],
}

const LAYERS: &[Layer] = &[
    Layer { name: "client", folder: "core/client", uses: &[] },
    Layer { name: "records", folder: "core/records", uses: &["client"] },
    Layer { name: "leaf", folder: "core/*", uses: &[] },
    Layer { name: "core", folder: "core", uses: &["records", "client", "leaf"] },
    Layer { name: "pack", folder: "packs/*", uses: &["core", "leaf"] },
    Layer { name: "demo", folder: "server/demo", uses: &[] },
    Layer { name: "settings", folder: "server/settings", uses: &["core"] },
    Layer { name: "catalog", folder: "server/catalog", uses: &["settings", "core"] },
    Layer { name: "declared", folder: "server/declared", uses: &["catalog", "settings", "core"] },
    Layer { name: "mcp", folder: "server/mcp", uses: &["catalog", "settings", "core"] },
    Layer { name: "http", folder: "server/http", uses: &["mcp", "catalog", "settings", "core"] },
    Layer { name: "install", folder: "server/install", uses: &["settings"] },
    Layer {
        name: "server",
        folder: "server",
        uses: &["install", "http", "mcp", "declared", "catalog", "settings", "demo", "pack", "core"],
    },
    Layer { name: "pack from outside", folder: "tests/conformance/pack", uses: &["core", "leaf"] },
    Layer {
        name: "server from outside",
        folder: "tests/conformance/server",
        uses: &["server", "mcp", "settings", "pack from outside"],
    },
];

/// What tests of every layer may use besides.
const FOR_TESTS: &str = "demo";

/// A feature that only tests may ask for.
const TESTING: &str = "testing";

/// The crates of others that packs may use.
const OF_PACKS: &[&str] = &["flate2", "futures", "jiff", "schemars", "serde", "serde_json"];

/// Crates of others that only some layers may use.
const KEPT_FOR: &[(&str, &[&str])] = &[
    ("rmcp", &["mcp", "http", "server from outside"]),
    ("figment", &["settings"]),
    ("keyring", &["settings"]),
    ("reqwest", &["client", "http"]),
    ("axum", &["http", "demo", "server from outside"]),
    ("clap", &["server"]),
    ("linkme", &["core"]),
];

pub struct Package {
    pub name: String,
    /// Its folder in the repository.
    pub folder: String,
    pub dependencies: Vec<Dependency>,
}

pub struct Dependency {
    pub name: String,
    /// Of tests, or of the feature that only they may ask for.
    pub for_tests: bool,
    pub features: Vec<String>,
}

/// The packages of the workspace, as cargo reads them.
pub fn packages() -> Vec<Package> {
    let arguments = ["metadata", "--no-deps", "--offline", "--format-version", "1"];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(path("")).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let root = metadata["workspace_root"].as_str().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let package = |package: Value| {
        let manifest = text(&package["manifest_path"]).replace('\\', "/");
        let folder = manifest.strip_prefix(&root.replace('\\', "/")).unwrap().trim_end_matches("/Cargo.toml");
        let optional = |dependency: &Value| {
            let switch = Value::from(format!("dep:{}", text(&dependency["name"])));
            let mut features = package["features"].as_object().unwrap().iter();
            dependency["optional"] == true
                && features.all(|(name, turns_on)| name == TESTING || !list(turns_on).contains(&switch))
        };
        let dependency = |dependency: &Value| Dependency {
            name: text(&dependency["name"]),
            for_tests: dependency["kind"] == "dev" || optional(dependency),
            features: list(&dependency["features"]).iter().map(text).collect(),
        };
        Package {
            name: text(&package["name"]),
            folder: folder.trim_start_matches('/').to_owned(),
            dependencies: list(&package["dependencies"]).iter().map(dependency).collect(),
        }
    };
    list(&metadata["packages"]).into_iter().map(package).collect()
}

fn layer(folder: &str) -> Option<&'static Layer> {
    LAYERS.iter().find(|layer| match layer.folder.strip_suffix('*') {
        Some(parent) => folder.strip_prefix(parent).is_some_and(|name| !name.contains('/')),
        None => folder == layer.folder,
    })
}

/// Every dependency that points where its layer must not, in words.
pub fn wrong_arrows(packages: &[Package]) -> BTreeSet<String> {
    let mut faults = BTreeSet::new();
    for package in packages {
        let folder = &package.folder;
        let Some(from) = layer(folder) else {
            faults.insert(format!("{folder} is in no layer: add it to tests/structure/layers.rs"));
            continue;
        };
        for dependency in &package.dependencies {
            let name = &dependency.name;
            let Some(ours) = packages.iter().find(|package| package.name == *name) else {
                let kept = KEPT_FOR.iter().any(|(kept, layers)| kept == name && !layers.contains(&from.name));
                if !dependency.for_tests && (kept || from.name == "pack" && !OF_PACKS.contains(&&**name)) {
                    faults.insert(format!("{folder} -> {name}: a {} must not use it", from.name));
                }
                continue;
            };
            let to = layer(&ours.folder).map_or("unknown", |layer| layer.name);
            let allowed = from.uses.contains(&to) || dependency.for_tests && to == FOR_TESTS;
            if !allowed {
                faults.insert(format!("{folder} -> {}: {} may use {:?}, not {to}", ours.folder, from.name, from.uses));
            }
            if !dependency.for_tests && dependency.features.iter().any(|feature| feature == TESTING) {
                faults.insert(format!("{folder} -> {}: `{TESTING}` is for dev-dependencies", ours.folder));
            }
        }
    }
    faults
}
