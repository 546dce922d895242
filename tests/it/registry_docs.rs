//! The registry's pages and the README: examples are there, links lead somewhere, and every guide is found from the first page.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn docs() -> PathBuf {
    root().join("docs")
}

/// The pages of one folder below `docs`.
fn pages(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(docs().join(folder)).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn each_page_has_an_example() {
    let folders = ["data-sources", "functions", "list-resources", "resources"];
    let mut all: Vec<PathBuf> = folders.into_iter().flat_map(pages).collect();
    assert_eq!(all.len(), 7 + 5 + 4 + 4);
    all.push(docs().join("index.md"));
    for page in all {
        let text = fs::read_to_string(&page).unwrap();
        let section = text.split("## Example Usage\n").nth(1);
        let section = section.and_then(|text| text.split("\n## ").next());
        let shown = section.is_some_and(|text| text.contains("\n```terraform\n"));
        assert!(shown, "{} has no example", page.display());
    }
}

#[test]
fn each_resource_shows_every_way_to_import_it() {
    for page in pages("resources") {
        let text = fs::read_to_string(&page).unwrap();
        let import = text.split("\n## Import\n").nth(1).unwrap();
        for words in ["identity = {", "  id = \"", "\nterraform import "] {
            assert!(import.contains(words), "{}: {words}", page.display());
        }
    }
}

#[test]
fn every_guide_is_listed_on_the_first_page() {
    let index = fs::read_to_string(docs().join("index.md")).unwrap();
    for guide in pages("guides") {
        let name = guide.file_name().unwrap().to_str().unwrap();
        let link = format!("](guides/{name})");
        assert!(index.contains(&link), "{name} is not listed");
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    let folders = [
        "",
        "data-sources",
        "functions",
        "guides",
        "list-resources",
        "resources",
    ];
    let first = ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(|name| root().join(name));
    for page in folders.into_iter().flat_map(pages).chain(first) {
        if page.extension().is_some_and(|extension| extension == "md") {
            for target in links(&page) {
                assert!(
                    leads_somewhere(&page, &target),
                    "{}: {target}",
                    page.display()
                );
            }
        }
    }
}

/// So that what a newcomer pastes first is what the trial of that example has applied.
#[test]
fn the_first_configuration_of_the_readme_is_an_example() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let first = readme.split("```terraform\n").nth(1);
    let first = first.and_then(|text| text.split("```").next());
    let example = fs::read_to_string(root().join("examples/basic/main.tf")).unwrap();
    assert_eq!(first, Some(example.as_str()));
}

/// Where the links of a page lead, without those to other sites.
fn links(page: &Path) -> Vec<String> {
    let text = prose(&fs::read_to_string(page).unwrap());
    let targets = text.split("](").skip(1);
    let targets = targets.filter_map(|rest| rest.split(')').next());
    targets
        .filter(|target| !target.contains("://"))
        .map(str::to_owned)
        .collect()
}

/// A page without its blocks of code.
fn prose(text: &str) -> String {
    let parts = text.split("```").step_by(2);
    parts.collect()
}

fn leads_somewhere(page: &Path, target: &str) -> bool {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let file = match path {
        "" => page.to_owned(),
        path => page.parent().unwrap().join(path),
    };
    if anchor.is_empty() {
        return file.exists();
    }
    let text = fs::read_to_string(&file).unwrap_or_default();
    let mut titles = text.lines().filter(|line| line.starts_with('#'));
    titles.any(|title| slug(title) == anchor) || text.contains(&format!("<a id=\"{anchor}\">"))
}

/// What a title is called in links.
fn slug(title: &str) -> String {
    let words = title.trim_start_matches('#').trim().to_lowercase();
    let kept = words
        .chars()
        .filter(|it| it.is_alphanumeric() || " -_".contains(*it));
    kept.collect::<String>().replace(' ', "-")
}
