//! Hand-made articles, and a window on them. Mentions are written as `[words|place]`.

use std::path::PathBuf;
use std::sync::Arc;

use dateline::app::{Act, Command, DatelineApp, Hints, Session};
use dateline::gazetteer::{Shelf, ShelfError};
use dateline::model::{
    Article, Candidate, Geoparsed, Kind, Mention, PartialDate, Place, Precision, Problem, Role, Sense, Span,
};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, HarnessBuilder};
use tempfile::TempDir;

/// A window of a test.
pub type Window = Harness<'static, DatelineApp>;

/// A place of the stories.
fn place(name: &str) -> Option<Arc<Place>> {
    let (id, code, country, lat, lon, precision) = match name {
        "Aleppo" => ("geonames:170063", "SY", "Syria", 36.2, 37.16, Precision::Settlement),
        "Lausanne" => ("geonames:2659994", "CH", "Switzerland", 46.52, 6.63, Precision::Settlement),
        "Derna" => ("geonames:87205", "LY", "Libya", 32.77, 22.64, Precision::Settlement),
        "Lima" => ("geonames:3936456", "PE", "Peru", -12.05, -77.04, Precision::Settlement),
        "Libya" => ("geonames:2215636", "LY", "Libya", 28.0, 17.0, Precision::Country),
        _ => return None,
    };
    Some(Arc::new(Place {
        id: id.to_owned(),
        name: name.to_owned(),
        lat,
        lon,
        country_code: code.to_owned(),
        country: country.to_owned(),
        admin1: String::new(),
        feature_class: if precision == Precision::Country { 'A' } else { 'P' },
        feature_code: if precision == Precision::Country { "PCLI" } else { "PPL" }.to_owned(),
        population: 1_600_000,
        precision,
        radius_m: 10_000.0,
        bbox: None,
    }))
}

/// A place of the same name elsewhere.
fn other_derna() -> Arc<Place> {
    Arc::new(Place {
        id: "geonames:1".to_owned(),
        name: "Derna".to_owned(),
        lat: 45.5,
        lon: 9.5,
        country_code: "IT".to_owned(),
        country: "Italy".to_owned(),
        admin1: String::new(),
        feature_class: 'P',
        feature_code: "PPL".to_owned(),
        population: 0,
        precision: Precision::Settlement,
        radius_m: 1_000.0,
        bbox: None,
    })
}

/// The same articles, in which Derna is in Libya with this score and may be a place in Italy, too. They are as
/// somebody read them: nothing of them is ranked anew.
pub fn doubting_derna(mut articles: Vec<Geoparsed>, score: f32) -> Vec<Geoparsed> {
    for mention in articles.iter_mut().flat_map(|article| &mut article.mentions) {
        if mention.place().is_some_and(|place| place.name == "Derna") {
            mention.candidates[0].score = score;
            mention.candidates.push(Candidate { place: other_derna(), score: 0.3, reasons: Vec::new() });
        }
    }
    for article in &mut articles {
        article.as_read = true;
    }
    articles
}

/// An article; the mentions in `marked` name their place after a bar, or none for one that no place
/// was found for. `~` before the words makes it a demonym.
pub fn story(id: &str, date: Option<PartialDate>, title: &str, marked: &str) -> Geoparsed {
    let mut text = format!("{title}\n\n");
    let mut mentions = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, after) = after.split_once(']').expect("a bracket closes");
        let (words, name) = inside.split_once('|').unwrap_or((inside, ""));
        let (words, kind) = match words.strip_prefix('~') {
            Some(words) => (words, Kind::Demonym),
            None => (words, Kind::Name),
        };
        text.push_str(before);
        let start = text.len();
        text.push_str(words);
        let reasons = vec!["best known of 3 places called so".to_owned()];
        let candidates = place(name).map(|place| Candidate { place, score: 0.92, reasons });
        mentions.push(Mention {
            decided: None,
            span: Span::new(start, text.len()),
            kind,
            sense: Sense::Literal,
            role: Role::Mention,
            resolved: candidates.is_some(),
            candidates: candidates.into_iter().collect(),
        });
        rest = after;
    }
    text.push_str(rest);
    let mut article = Article::from_text(id, text);
    article.title = Some(title.to_owned());
    article.title_span = Some(Span::new(0, title.len()));
    article.date = date;
    article.source = Some("The Courier".to_owned());
    Geoparsed { article, mentions, ..Geoparsed::default() }
}

/// Four short stories.
pub fn stories() -> Vec<Geoparsed> {
    let on = PartialDate::ymd;
    let long = "Nothing else is known at this hour, and nobody would say more.\n\n".repeat(40);
    vec![
        story(
            "talks",
            Some(on(2016, 10, 15)),
            "Ministers meet by the lake",
            "Talks on [Aleppo|Aleppo] opened in [Lausanne|Lausanne] on Saturday. The [~Swiss] hosts kept away.",
        ),
        story(
            "siege",
            Some(on(2016, 11, 2)),
            "Winter comes to a divided city",
            &format!("{long}Snow fell on [Aleppo|Aleppo] at noon."),
        ),
        story(
            "flood",
            Some(on(2023, 9, 12)),
            "Two dams give way",
            "The river broke into [Derna|Derna], [Libya|Libya].",
        ),
        story("letter", None, "A letter from the coast", "We sailed from [Lima|Lima] to [Puerto Perdido]."),
    ]
}

/// Carries out a command.
pub fn run(window: &mut Window, command: Command) {
    let ctx = window.ctx.clone();
    window.state_mut().carry_out(&ctx, Act::Do(command));
    settle(window);
}

/// A window of 1280 × 800 points on the stories.
pub fn window() -> Window {
    sized(1280.0, 800.0, stories())
}

/// A window of this size on these articles, without gazetteers of its user's.
pub fn sized(width: f32, height: f32, articles: Vec<Geoparsed>) -> Window {
    shelved((width, height), articles, Err(ShelfError::NoFolder))
}

/// A window of this size on these articles and the gazetteers of a shelf.
pub fn shelved(
    (width, height): (f32, f32),
    articles: Vec<Geoparsed>,
    shelf: Result<Shelf, ShelfError>,
) -> Window {
    let session = Session { reduced_motion: true, hints: Hints::NONE, ..Session::default() };
    left((width, height), articles, shelf, session)
}

/// The same, left by its user as a session says.
pub fn left(
    (width, height): (f32, f32),
    articles: Vec<Geoparsed>,
    shelf: Result<Shelf, ShelfError>,
    session: Session,
) -> Window {
    built(Harness::builder().with_size(egui::vec2(width, height)), articles, shelf, session)
}

/// A window of 1280 × 800 points on articles in letters that no font inside the program has: boxes stand for
/// them.
pub fn boxed(articles: Vec<Geoparsed>) -> Window {
    let builder = Harness::builder().with_size(egui::vec2(1280.0, 800.0)).allow_missing_glyphs();
    let session = Session { reduced_motion: true, hints: Hints::NONE, ..Session::default() };
    built(builder, articles, Err(ShelfError::NoFolder), session)
}

fn built(
    builder: HarnessBuilder<DatelineApp>,
    articles: Vec<Geoparsed>,
    shelf: Result<Shelf, ShelfError>,
    session: Session,
) -> Window {
    let mut window = builder.with_max_steps(60).with_step_dt(1.0 / 60.0).build_eframe(|cc| {
        let mut app = DatelineApp::synchronous(&cc.egui_ctx, session, shelf).expect("assets are whole");
        app.add(articles);
        app.add_problem(Problem {
            place: "torn.jsonl:3".to_owned(),
            reason: "the line ends too soon".to_owned(),
        });
        app
    });
    settle(&mut window);
    window
}

/// A window that keeps what is not saved in a folder of its own, which is not there at first.
pub fn keeping(mut window: Window) -> (Window, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    window.state_mut().keep_in(unsaved(&folder));
    (window, folder)
}

/// Where such a window keeps it.
pub fn unsaved(folder: &TempDir) -> PathBuf {
    folder.path().join("dateline").join("unsaved")
}

/// Runs frames until nothing moves any more, or a second of them.
pub fn settle(window: &mut Window) {
    let _ = window.run_ok();
}

/// Clicks what bears a label, and waits for what comes of it.
pub fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

/// Presses a key, and waits for what comes of it.
pub fn press(window: &mut Window, key: Key) {
    chord(window, Modifiers::NONE, key);
}

/// The same with others held.
pub fn chord(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

/// Whether two points lie within a degree of each other.
pub fn near((lat, lon): (f64, f64), (lat2, lon2): (f64, f64)) -> bool {
    (lat - lat2).abs() < 1.0 && (lon - lon2).abs() < 1.0
}

/// The words of the selected mention.
pub fn selected_words(window: &Window) -> Option<String> {
    let explorer = window.state().explorer();
    let at = explorer.selected.what.mention()?;
    let article = explorer.collection.article(at.article)?;
    let text = &article.article.text;
    Some(article.mentions.get(at.mention)?.span.of(text).to_owned())
}

/// The words that tell the selected event.
pub fn selected_event(window: &Window) -> Option<String> {
    let explorer = window.state().explorer();
    let at = explorer.selected.what.event()?;
    let article = explorer.collection.article(at.article)?;
    let text = &article.article.text;
    Some(article.events.get(at.event)?.trigger.of(text).to_owned())
}

/// The id of the article that the reader shows.
pub fn shown_article(window: &Window) -> Option<String> {
    let explorer = window.state().explorer();
    let article = explorer.selected.what.article()?;
    Some(explorer.collection.article(article)?.article.id.clone())
}
