//! The picture of the demo: it shows the demo as it is.

use std::fs;
use std::path::Path;

#[test]
fn the_picture_of_the_demo_shows_the_demo() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let picture = fs::read_to_string(root.join("docs/demo.svg")).unwrap();
    let story = fs::read_to_string(root.join("src/cli/demo/story.rs")).unwrap();
    let headings: Vec<_> = picture.split(">== ").skip(1).collect();
    assert_eq!(headings.len(), 6, "scripts/demo-picture draws it again");
    for heading in headings {
        let (heading, _) = heading.split_once('<').unwrap();
        let (step, purpose) = heading.split_once(": ").unwrap();
        for part in [step, purpose] {
            assert!(
                story.contains(&format!("\"{part}\"")),
                "{part} is not in the demo: run scripts/demo-picture"
            );
        }
    }
    assert!(picture.len() < 60_000);
}
