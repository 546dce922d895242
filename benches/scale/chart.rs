//! Draws what refreshes take as SVG: both axes are logarithmic, and one colour is one way of reading.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::grouped;
use super::refresh::{Point, Refresh};
use super::stage::table::real;

/// The drawing, and the frame of the plot within it.
const SIZE: (f64, f64) = (720.0, 420.0);
const LEFT: f64 = 76.0;
const RIGHT: f64 = 500.0;
const TOP: f64 = 50.0;
const BOTTOM: f64 = 364.0;

const TOGETHER: &str = "#0b6e4f";
const ONE_BY_ONE: &str = "#b5451b";

/// One line of a chart.
struct Line {
    label: String,
    colour: &'static str,
    is_dashed: bool,
    points: Vec<(f64, f64)>,
}

/// An axis: its powers of ten, from the first to the last.
struct Axis {
    first: i32,
    last: i32,
}

/// Writes `requests.svg` and `time.svg`.
pub(super) fn draw(points: &[Point], folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let requests = lines(points, |refresh| real(refresh.requests));
    let time = lines(points, |refresh| refresh.wall.as_secs_f64());
    let title = "Requests of a plan of unchanged domains";
    fs::write(
        folder.join("requests.svg"),
        svg(title, "requests", &requests),
    )
    .unwrap();
    let title = "Time of a plan of unchanged domains";
    fs::write(folder.join("time.svg"), svg(title, "seconds", &time)).unwrap();
}

/// For each latency what is read together and one by one; lines that are the same are drawn once.
fn lines(points: &[Point], value: fn(&Refresh) -> f64) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut add = |latency: &str, label: &str, colour, of: fn(&Point) -> &Refresh| {
        let points: Vec<(f64, f64)> = points
            .iter()
            .filter(|point| point.latency == latency)
            .map(|point| (real(point.count), value(of(point))))
            .collect();
        match lines.iter_mut().find(|line| line.points == points) {
            Some(same) => label.clone_into(&mut same.label),
            None => lines.push(Line {
                label: format!("{label}, {latency}"),
                colour,
                is_dashed: latency == "0ms",
                points,
            }),
        }
    };
    for latency in super::LATENCIES {
        add(latency, "together", TOGETHER, |point| &point.together);
        add(latency, "one GET for each", ONE_BY_ONE, |point| {
            &point.one_by_one
        });
    }
    lines
}

fn svg(title: &str, unit: &str, lines: &[Line]) -> String {
    let all = || lines.iter().flat_map(|line| &line.points);
    let across = Axis::over(all().map(|point| point.0));
    let up = Axis::over(all().map(|point| point.1));
    let place = |point: &(f64, f64)| {
        (
            LEFT + across.part(point.0) * (RIGHT - LEFT),
            BOTTOM - up.part(point.1) * (BOTTOM - TOP),
        )
    };
    let (width, height) = SIZE;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" \
         font-size=\"13\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
         <text x=\"{LEFT}\" y=\"26\" font-size=\"16\">{title}</text>\n"
    );
    for power in across.powers() {
        let (x, _) = place(&(power, up.powers().next().unwrap_or(1.0)));
        rule(&mut text, (x, TOP), (x, BOTTOM));
        label(&mut text, (x, BOTTOM + 18.0), "middle", &tick(power));
    }
    for power in up.powers() {
        let (_, y) = place(&(across.powers().next().unwrap_or(1.0), power));
        rule(&mut text, (LEFT, y), (RIGHT, y));
        label(&mut text, (LEFT - 8.0, y + 4.0), "end", &tick(power));
    }
    let middle = f64::midpoint(LEFT, RIGHT);
    label(&mut text, (middle, BOTTOM + 40.0), "middle", "domains");
    label(&mut text, (LEFT - 8.0, TOP - 10.0), "end", unit);
    let mut free = BOTTOM;
    let mut ends: Vec<(&Line, (f64, f64))> = lines
        .iter()
        .filter_map(|line| Some((line, place(line.points.last()?))))
        .collect();
    // From the lowest up, each label above the one before.
    ends.sort_by(|one, other| other.1.1.total_cmp(&one.1.1));
    for (line, end) in ends {
        path(&mut text, line, line.points.iter().map(place));
        let y = (end.1 + 4.0).min(free);
        free = y - 17.0;
        let label = &line.label;
        let _ = writeln!(
            text,
            "<text x=\"{:.1}\" y=\"{y:.1}\" fill=\"{}\">{label}</text>",
            RIGHT + 10.0,
            line.colour
        );
    }
    text.push_str("</svg>\n");
    text
}

fn path(text: &mut String, line: &Line, places: impl Iterator<Item = (f64, f64)>) {
    let dash = if line.is_dashed {
        " stroke-dasharray=\"6 4\""
    } else {
        ""
    };
    let colour = line.colour;
    let mut corners = String::new();
    let mut dots = String::new();
    for (x, y) in places {
        let _ = write!(corners, "{x:.1},{y:.1} ");
        let _ = writeln!(
            dots,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{colour}\"/>"
        );
    }
    let _ = writeln!(
        text,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>",
        corners.trim_end()
    );
    text.push_str(&dots);
}

fn rule(text: &mut String, from: (f64, f64), to: (f64, f64)) {
    let _ = writeln!(
        text,
        "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"#dddddd\"/>",
        from.0, from.1, to.0, to.1
    );
}

fn label(text: &mut String, at: (f64, f64), anchor: &str, words: &str) {
    let _ = writeln!(
        text,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" fill=\"#333333\">{words}</text>",
        at.0, at.1
    );
}

impl Axis {
    #[expect(clippy::cast_possible_truncation, reason = "logarithms are small")]
    fn over(values: impl Iterator<Item = f64> + Clone) -> Self {
        let lowest = values.clone().fold(f64::INFINITY, f64::min);
        let highest = values.fold(0.0, f64::max);
        let first = lowest.log10().floor() as i32;
        let last = highest.log10().ceil() as i32;
        Self {
            first,
            last: last.max(first + 1),
        }
    }

    fn powers(&self) -> impl Iterator<Item = f64> + use<> {
        (self.first..=self.last).map(|power| 10_f64.powi(power))
    }

    /// Where a value lies, from 0 at the beginning to 1 at the end.
    fn part(&self, value: f64) -> f64 {
        (value.log10() - f64::from(self.first)) / f64::from(self.last - self.first)
    }
}

/// A power of ten as a person writes it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a power of ten within the range of what was measured"
)]
fn tick(power: f64) -> String {
    if power < 1.0 {
        return power.to_string();
    }
    grouped(power.round() as usize)
}
