//! What a text reads as once its escapes are undone: those of URLs, forms, HTML and JSON, and of one within another.

use percent_encoding::percent_decode_str;

/// How deep escapes are undone within escapes.
const DEPTH: usize = 2;

/// Appends what the escape at the beginning of a text stands for, and gives the rest; `None` where it is no escape.
type Undo = for<'a> fn(&'a str, &mut Vec<u8>) -> Option<&'a str>;

/// Each kind of escape but that of URLs, with the character that it begins with.
const KINDS: [(char, Undo); 2] = [('&', entity), ('\\', backslash)];

/// The text itself, and every other reading of it.
pub(crate) fn readings(text: &str) -> Vec<String> {
    let mut latest = vec![text.to_owned()];
    let mut readings = latest.clone();
    for _ in 0..DEPTH {
        latest = latest.iter().flat_map(|text| readings_once(text)).collect();
        readings.extend_from_slice(&latest);
    }
    readings
}

/// The text with the escapes of URLs undone.
pub(crate) fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn readings_once(text: &str) -> impl Iterator<Item = String> {
    let plus = text
        .contains('+')
        .then(|| percent_decoded(&text.replace('+', " ")));
    let percent = text.contains('%').then(|| percent_decoded(text));
    let others = KINDS
        .into_iter()
        .filter(|(mark, _)| text.contains(*mark))
        .map(|(mark, undo)| undone(text, mark, undo));
    others.chain(percent).chain(plus)
}

fn undone(text: &str, mark: char, undo: Undo) -> String {
    let mut undone = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.find(mark).and_then(|at| rest.split_at_checked(at)) {
        undone.extend_from_slice(before.as_bytes());
        rest = undo(escape, &mut undone).unwrap_or_else(|| {
            undone.extend_from_slice(mark.encode_utf8(&mut [0; 4]).as_bytes());
            escape.get(mark.len_utf8()..).unwrap_or_default()
        });
    }
    undone.extend_from_slice(rest.as_bytes());
    String::from_utf8(undone)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// `&amp;`, `&#47;` or `&#x2f;`.
fn entity<'a>(text: &'a str, out: &mut Vec<u8>) -> Option<&'a str> {
    const LONGEST: usize = 10;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let code = name.strip_prefix('#')?;
            let number = match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => code.parse(),
            };
            char::from_u32(number.ok()?)?
        }
    };
    push(out, character);
    text.get(end + 1..)
}

/// `\n`, `\"`, `\u002f`, two of these for what is beyond 16 bits; or `\x2f`, as libraries print bytes.
fn backslash<'a>(text: &'a str, out: &mut Vec<u8>) -> Option<&'a str> {
    if let Some((unit, rest)) = utf16_unit(text) {
        if let Some(Ok(character)) = char::decode_utf16([unit]).next() {
            push(out, character);
            return Some(rest);
        }
        let (second, rest) = utf16_unit(rest)?;
        push(out, char::decode_utf16([unit, second]).next()?.ok()?);
        return Some(rest);
    }
    let letter = text.get(1..)?.chars().next()?;
    if letter == 'x' {
        out.push(u8::from_str_radix(text.get(2..4)?, 16).ok()?);
        return text.get(4..);
    }
    push(
        out,
        match letter {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            other => other,
        },
    );
    text.get(1 + letter.len_utf8()..)
}

fn utf16_unit(text: &str) -> Option<(u16, &str)> {
    let rest = text.strip_prefix("\\u")?;
    let unit = u16::from_str_radix(rest.get(..4)?, 16).ok()?;
    Some((unit, rest.get(4..)?))
}

fn push(out: &mut Vec<u8>, character: char) {
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}
