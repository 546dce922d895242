//! How values and blocks are written.

use proptest::prelude::*;
use tfplugin::schema::{Attribute, BlockNesting, NestedBlock};
use tfplugin::types::Type;

use super::*;

#[test]
fn what_means_something_within_quotes_is_escaped() {
    for (text, expected) in [
        ("plain", r#""plain""#),
        ("${x} %{y}", r#""$${x} %%{y}""#),
        ("$${x} $$ % {", r#""$$${x} $$ % {""#),
        ("\"a\\b\"", r#""\"a\\b\"""#),
        ("a\nb\rc\td", r#""a\nb\rc\td""#),
        ("\0\u{1b}\u{7f}", r#""\u0000\u001b\u007f""#),
        ("\u{202e}", r#""\u202e""#),
        ("ä😀", r#""ä😀""#),
    ] {
        assert_eq!(quoted(text), expected, "{text:?}");
    }
}

fn texts(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(|text| (*text).into()).collect())
}

fn object(entries: &[(&str, Value)]) -> Value {
    Value::object(entries.iter().cloned())
}

#[test]
fn equals_signs_stand_under_each_other_and_long_lists_have_a_line_for_each_element() {
    let mut block = Block::new("resource \"a\" \"b\"");
    block.argument("acl", expression(&texts(&["1.1.1.1", "2.2.2.2"])));
    block.argument("name", quoted("office"));
    block.argument("one", expression(&texts(&["1"])));
    block.argument("none", expression(&texts(&[])));
    block.argument("domain_type", quoted("trunk"));
    let expected = "\
resource \"a\" \"b\" {
  name        = \"office\"
  one         = [\"1\"]
  none        = []
  domain_type = \"trunk\"
  acl = [
    \"1.1.1.1\",
    \"2.2.2.2\",
  ]
}
";
    assert_eq!(block.finish(), expected);
}

#[test]
fn every_kind_of_value_is_written() {
    let leg = object(&[("method", "GET".into()), ("timeout", Value::Null)]);
    let voice = [
        ("answer", leg.clone()),
        ("hours", 48.into()),
        ("legs", Value::List(vec![leg.clone(), leg])),
        ("open", Value::Dynamic(Box::new((Type::Bool, false.into())))),
        ("${x} y", Value::Null),
        ("none", object(&[])),
        ("pair", Value::Tuple(vec!["a".into(), 1.into()])),
    ];
    let voice = Value::Map(voice.map(|(name, it)| (name.to_owned(), it)).into());
    let expected = "\
{
  \"$${x} y\" = null
  hours     = 48
  none      = {}
  open      = false
  answer = {
    method = \"GET\"
  }
  legs = [
    {
      method = \"GET\"
    },
    {
      method = \"GET\"
    },
  ]
  pair = [
    \"a\",
    1,
  ]
}";
    assert_eq!(expression(&voice), expected);
}

#[test]
fn a_configuration_is_written_by_its_schema_the_name_first_and_blocks_last() {
    let nested = |name: &str, nesting| NestedBlock {
        name: name.to_owned(),
        nesting,
        block: schema::Block::default(),
    };
    let schema = schema::Block {
        attributes: ["acl", "name", "tls"].map(Attribute::string).into(),
        blocks: vec![
            nested("legs", BlockNesting::List),
            nested("timeouts", BlockNesting::Single),
            nested("windows", BlockNesting::List),
        ],
        ..schema::Block::default()
    };
    let leg = |to: &str| object(&[("to", to.into())]);
    let config = object(&[
        ("acl", texts(&["1"])),
        ("name", "office".into()),
        ("tls", Value::Null),
        ("legs", Value::List(vec![leg("a"), leg("b")])),
        (
            "timeouts",
            object(&[("create", "2m".into()), ("read", Value::Null)]),
        ),
        ("windows", Value::List(Vec::new())),
    ]);
    let mut block = Block::new("resource \"a\" \"b\"");
    block.fill(&schema, &config);
    block.refer("acl", "a.c.acl");
    block.refer("tls", "a.c.tls");
    let expected = "\
resource \"a\" \"b\" {
  name = \"office\"
  acl  = a.c.acl

  legs {
    to = \"a\"
  }

  legs {
    to = \"b\"
  }

  timeouts {
    create = \"2m\"
  }
}
";
    assert_eq!(block.finish(), expected);
}

#[test]
fn each_line_of_a_comment_is_one() {
    assert_eq!(comment("one\n\ntwo\n"), "# one\n#\n# two\n");
}

/// Reads what stands between quotes as the language does.
fn read(quoted: &str) -> Option<String> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut rest = inner;
    while let Some(letter) = rest.chars().next() {
        let mut taken = letter.len_utf8();
        if rest.starts_with("$${") || rest.starts_with("%%{") {
            text += &rest[1..3];
            taken = 3;
        } else if letter == '\\' {
            let escape = rest[1..].chars().next()?;
            taken = 2;
            text.push(match escape {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    taken = 6;
                    char::from_u32(u32::from_str_radix(&rest[2..6], 16).ok()?)?
                }
                '"' | '\\' => escape,
                _ => return None,
            });
        } else if letter == '"'
            || letter.is_control()
            || rest.starts_with("${")
            || rest.starts_with("%{")
        {
            return None;
        } else {
            text.push(letter);
        }
        rest = &rest[taken..];
    }
    Some(text)
}

proptest! {
    #[test]
    fn any_text_survives_quoting(text in "(\\PC|[\"\\\\$%{}\\n\\r\\t\u{0}\u{1b}\u{2028}\u{202e}])*") {
        prop_assert_eq!(read(&quoted(&text)), Some(text));
    }
}
