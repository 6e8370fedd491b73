//! What the window takes with a million mentions at 200,000 places in 100,000 articles: the file opened as a person
//! would, then frames of the real window while somebody pans and zooms, and changes of the filter.
//! `cargo bench --bench window -- [FILE.jsonl] [--articles N]`; without a file it makes one first, and keeps it beside
//! the build. `--write FILE` only makes it. `--use SECONDS` instead times every frame while N articles without their
//! mentions are opened and somebody uses the window.
//!
//! A frame is layout and tessellation on one core, without a screen; the naive way puts every mention through walkers'
//! projector in the same run. Compare ratios: times are the machine's.
#![allow(missing_docs)]

mod drive;
mod pile;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::app::map::{MapContent, MapPane};
use dateline::app::{Act, Command, DatelineApp, Session};
use dateline::basemap::Basemap;
use dateline::explore::{EventFilter, Explorer, Filter, KindSet, Scene, Subject};
use dateline::gazetteer::{Gazetteer, ShelfError};
use dateline::model::{EventClass, Kind, Sense};
use drive::{Driver, Times, memory, play, quantiles};
use egui::{Color32, Key, Pos2, Rect, Ui, pos2};
use pile::Pile;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Mentions that are strewn into every article.
const MENTIONS: usize = 10;
const ARTICLES: usize = 100_000;
/// Places for every article.
const PLACES: usize = 2;
/// Frames that are measured of each kind.
const FRAMES: u64 = 480;

struct Wish {
    file: Option<PathBuf>,
    write: Option<PathBuf>,
    articles: usize,
    seconds: Option<u64>,
}

fn main() -> Outcome {
    let mut wish = Wish { file: None, write: None, articles: ARTICLES, seconds: None };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--write" => wish.write = args.next().map(PathBuf::from),
            "--articles" => wish.articles = args.next().unwrap_or_default().parse()?,
            "--use" => wish.seconds = Some(args.next().unwrap_or_default().parse()?),
            "--bench" => {}
            file => wish.file = Some(PathBuf::from(file)),
        }
    }
    let gazetteer = Gazetteer::embedded()?;
    if let Some(path) = &wish.write {
        return write(&gazetteer, path, wish.articles);
    }
    if let Some(seconds) = wish.seconds {
        return used(&gazetteer, wish.articles, Duration::from_secs(seconds));
    }
    let file = match wish.file {
        Some(file) => file,
        None => {
            let file = PathBuf::from(format!("{}/pile-{}.jsonl", env!("CARGO_TARGET_TMPDIR"), wish.articles));
            if !file.exists() {
                write(&gazetteer, &file, wish.articles)?;
            }
            file
        }
    };
    let mut driver = Driver::new();
    let mut app = opened(&mut driver, &file)?;
    let scene = Arc::clone(&app.explorer().view.scene);
    window_frames(&mut driver, &mut app);
    let layer = map_frames(&gazetteer, &scene)?;
    naive(&scene, layer);
    filters(&mut driver, &mut app);
    events(&mut driver, &mut app);
    searches(&mut driver, &mut app);
    review(&mut driver, &mut app)?;
    println!("memory: {:.0} MB now, {:.0} MB at most", memory("VmRSS"), memory("VmHWM"));
    Ok(())
}

fn write(gazetteer: &Gazetteer, path: &Path, articles: usize) -> Outcome {
    let begun = Instant::now();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let part = path.with_extension("part");
    let pile = Pile::new(gazetteer, articles, articles * PLACES, MENTIONS);
    pile.write(BufWriter::new(File::create(&part)?))?;
    std::fs::rename(&part, path)?;
    println!("wrote {} in {:.0} s", path.display(), begun.elapsed().as_secs_f64());
    Ok(())
}

/// Sixty frames a second at most, as a screen would have them.
fn rest(took: Duration) {
    std::thread::sleep(Duration::from_micros(16_667).saturating_sub(took));
}

/// Opens the file as a person would, until all of it is there and at rest.
fn opened(driver: &mut Driver, file: &Path) -> Outcome<DatelineApp> {
    let bytes = std::fs::metadata(file)?.len() as f64 / 1e6;
    let session = Session { reduced_motion: true, ..Session::default() };
    let mut app = DatelineApp::new(&driver.ctx, session, Err(ShelfError::NoFolder))?;
    driver.frame(|ui| app.frame(ui));
    println!("before: {:.0} MB of memory", memory("VmRSS"));
    let begun = Instant::now();
    app.open_paths(&driver.ctx, vec![file.to_owned()]);
    let (mut first, mut read, mut frames) = (None, None, Vec::new());
    while read.is_none() || app.is_busy() {
        let took = driver.frame(|ui| app.frame(ui));
        frames.push(took);
        if first.is_none() && !app.explorer().view.scene.points.is_empty() {
            first = Some(begun.elapsed());
        }
        if read.is_none() && !app.is_reading() {
            read = Some(begun.elapsed());
        }
        rest(took);
    }
    let seconds = |time: Option<Duration>| time.unwrap_or_default().as_secs_f64();
    let collection = &app.explorer().collection;
    println!(
        "opened {bytes:.0} MB: first articles on the map after {:.2} s, all {} after {:.1} s, {:.0} MB/s, at rest after {:.1} s",
        seconds(first),
        collection.len(),
        seconds(read),
        bytes / seconds(read),
        begun.elapsed().as_secs_f64(),
    );
    let slow = |limit: u64| frames.iter().filter(|&&took| took > Duration::from_millis(limit)).count();
    let (median, late) = quantiles(frames.clone());
    println!(
        "frames meanwhile: median {median:.2} ms, 99th percentile {late:.2} ms, {} over 16 ms, {} over 50 ms of {}",
        slow(16),
        slow(50),
        frames.len()
    );
    println!(
        "{} mentions at {} places; {:.0} MB of articles packed; memory: {:.0} MB now, {:.0} MB at most",
        collection.mention_count(),
        collection.place_count(),
        collection.archive().size() as f64 / 1e6,
        memory("VmRSS"),
        memory("VmHWM")
    );
    // The groups of all zooms, and the tiles of the first view.
    for _ in 0..120 {
        rest(driver.frame(|ui| app.frame(ui)));
    }
    Ok(app)
}

/// Zooms by the wheel, a point at a time, and lets the map come to rest.
fn zoom_to(driver: &mut Driver, zoom: f64, at: Pos2, mut frame: impl FnMut(&mut Driver) -> f64) {
    driver.point(at);
    let mut now = frame(driver);
    while (now - zoom).abs() > 0.02 {
        driver.wheel(((zoom - now) * 100.0).clamp(-40.0, 40.0) as f32);
        now = frame(driver);
    }
    for _ in 0..60 {
        frame(driver);
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Goes through what is least certain, an answer every tenth of a second.
fn review(driver: &mut Driver, app: &mut DatelineApp) -> Outcome {
    let folder = tempfile::tempdir()?;
    app.keep_in(folder.path().to_owned());
    app.carry_out(&driver.ctx, Act::Do(Command::Review));
    let (begun, mut frames) = (Instant::now(), Vec::new());
    loop {
        frames.push(driver.frame(|ui| app.frame(ui)));
        if !app.is_busy() {
            break;
        }
        rest(frames[frames.len() - 1]);
    }
    let (median, late) = quantiles(frames);
    println!(
        "review: drawn up after {:.2} s; frames meanwhile: median {median:.2} ms, 99th percentile {late:.2} ms",
        begun.elapsed().as_secs_f64()
    );
    let times = Times::of(FRAMES, |frame| {
        if frame % 6 == 0 {
            driver.key(Key::Enter);
        }
        let took = driver.frame(|ui| app.frame(ui));
        rest(took);
        took
    });
    println!("review, {} answers: {}", FRAMES / 6, times.told());
    while app.is_busy() {
        rest(driver.frame(|ui| app.frame(ui)));
    }
    Ok(())
}

const ZOOMS: [(&str, f64); 3] = [("world", 2.4), ("country", 6.0), ("city", 11.0)];

fn window_frames(driver: &mut Driver, app: &mut DatelineApp) {
    let middle = pos2(640.0, 330.0);
    for (name, zoom) in ZOOMS {
        zoom_to(driver, zoom, middle, |driver| {
            driver.frame(|ui| app.frame(ui));
            app.map_zoom()
        });
        let times = Times::of(FRAMES, |frame| {
            play(driver, frame, middle);
            driver.frame(|ui| app.frame(ui))
        });
        println!("window, {name}: {}", times.told());
    }
}

/// The map alone, over the whole window; answers the slowest median.
fn map_frames(gazetteer: &Gazetteer, scene: &Arc<Scene>) -> Outcome<f64> {
    let mut driver = Driver::new();
    let basemap = Arc::new(Basemap::embedded()?);
    let mut map = MapPane::new(&driver.ctx, basemap, Some(gazetteer.clone()));
    map.reduced_motion = true;
    let middle = pos2(640.0, 330.0);
    let mut slowest: f64 = 0.0;
    let draw = |driver: &mut Driver, map: &mut MapPane| {
        driver.frame(|ui: &mut Ui| {
            let content = MapContent {
                scene,
                selected: None,
                hovered: None,
                heat: false,
                area: None,
                quote: &|_| None,
            };
            map.show(ui, &content);
        })
    };
    for (name, zoom) in ZOOMS {
        zoom_to(&mut driver, zoom, middle, |driver| {
            draw(driver, &mut map);
            map.zoom()
        });
        let times = Times::of(FRAMES, |frame| {
            play(&mut driver, frame, middle);
            draw(&mut driver, &mut map)
        });
        println!("map alone, {name}: {}", times.told());
        slowest = slowest.max(times.median());
    }
    Ok(slowest)
}

/// Every mention through walkers' projector, in every frame.
fn naive(scene: &Scene, layer: f64) {
    let mentions = scene.points.iter().flat_map(|point| {
        let (lat, lon) = (point.place.lat, point.place.lon);
        std::iter::repeat_n(walkers::lat_lon(lat, lon), point.mentions as usize)
    });
    let mentions: Vec<walkers::Position> = mentions.collect();
    let mut driver = Driver::new();
    let mut memory = walkers::MapMemory::default();
    let _ = memory.set_zoom(2.4);
    let times = (0..12).map(|_| {
        driver.frame(|ui| {
            let map = walkers::Map::new(None, &mut memory, walkers::lat_lon(25.0, 15.0));
            map.show(ui, |ui, _, projector, _| {
                let room: Rect = ui.max_rect();
                for &mention in &mentions {
                    let at = projector.project(mention).to_pos2();
                    if room.contains(at) {
                        ui.painter().circle_filled(at, 4.0, Color32::RED);
                    }
                }
            });
        })
    });
    let (median, _) = quantiles(times.collect());
    println!(
        "every mention through the projector, world: median {median:.0} ms, {:.0} times the map's slowest",
        median / layer
    );
}

/// Runs frames until the view answers the filter; answers how long that took.
fn shown(driver: &mut Driver, app: &mut DatelineApp, filter: &Filter) -> Duration {
    let begun = Instant::now();
    app.filter(filter.clone());
    loop {
        let took = driver.frame(|ui| app.frame(ui));
        if app.explorer().view.answers(filter) {
            return begun.elapsed();
        }
        // A screen shows what is ready when its turn comes.
        rest(took);
    }
}

fn filters(driver: &mut Driver, app: &mut DatelineApp) {
    let explorer: &Explorer = app.explorer();
    let country = explorer.view.countries[0].code.clone();
    let source = explorer.view.sources[0].name.clone();
    let day = explorer.view.dated[0].days;
    let place = explorer.view.places[0].key;
    let place = explorer.collection.place(place).map(|entry| entry.place.clone());
    let mut wanted = vec![
        Filter { kinds: KindSet::DEFAULT.toggled(Kind::Demonym), ..Filter::default() },
        Filter { sense: Some(Sense::Literal), ..Filter::default() },
        Filter { countries: [country].into(), ..Filter::default() },
        Filter { sources: [source].into(), ..Filter::default() },
        Filter { days: Some(day), ..Filter::default() },
        Filter::default(),
    ];
    if let Some(place) = place {
        wanted.insert(0, Filter::default().with_place_toggled(&place.id, &place.name));
    }
    let mut times = Vec::new();
    for _ in 0..4 {
        for filter in &wanted {
            times.push(shown(driver, app, filter));
            // The groups of the other zooms are worked out meanwhile.
            for _ in 0..60 {
                rest(driver.frame(|ui| app.frame(ui)));
            }
        }
    }
    let slowest = times.iter().max().copied().unwrap_or_default().as_secs_f64() * 1e3;
    let (median, _) = quantiles(times);
    println!("a change of the filter is shown after: median {median:.0} ms, at most {slowest:.0} ms");
}

/// The same where events are shown, each report for itself and then each event once.
fn events(driver: &mut Driver, app: &mut DatelineApp) {
    let before = memory("VmRSS");
    let base = Filter { subject: Subject::Events, ..Filter::default() };
    let first = shown(driver, app, &base);
    let explorer: &Explorer = app.explorer();
    println!(
        "{} events in {} rows; first shown after {:.0} ms; {:.0} MB more",
        explorer.collection.event_count(),
        explorer.view.events.len(),
        first.as_secs_f64() * 1e3,
        memory("VmRSS") - before
    );
    let actor = explorer.view.actors.first().and_then(|actor| explorer.collection.actor(actor.actor));
    let actors = actor.map(|who| who.folded.clone()).into_iter().collect();
    let asked = |events: EventFilter| Filter { events, ..base.clone() };
    let wanted = [
        asked(EventFilter::default().with_class_toggled(EventClass::Violence)),
        asked(EventFilter { actors, ..EventFilter::default() }),
        asked(EventFilter { nations: ["RU".to_owned()].into(), ..EventFilter::default() }),
        Filter { countries: [explorer.view.countries[0].code.clone()].into(), ..base.clone() },
        Filter { days: Some(explorer.view.dated[0].days), ..base.clone() },
        base.clone(),
    ];
    for once in [false, true] {
        let mut times = Vec::new();
        for filter in wanted.iter().cycle().take(24) {
            let filter = Filter { events: EventFilter { once, ..filter.events.clone() }, ..filter.clone() };
            times.push(shown(driver, app, &filter));
            for _ in 0..60 {
                rest(driver.frame(|ui| app.frame(ui)));
            }
        }
        let slowest = times.iter().max().copied().unwrap_or_default().as_secs_f64() * 1e3;
        let (median, _) = quantiles(times);
        let of = if once { "stories" } else { "events" };
        println!("a change of the filter of {of}: median {median:.0} ms, at most {slowest:.0} ms");
    }
    println!("{} stories; {:.0} MB more", app.explorer().view.events.len(), memory("VmRSS") - before);
    app.filter(Filter::default());
}

fn searches(driver: &mut Driver, app: &mut DatelineApp) {
    let begun = Instant::now();
    // It is told of articles some dozens at a time; the last few are looked through.
    while app.explorer().index.reach() + 64 < app.explorer().collection.len() {
        rest(driver.frame(|ui| app.frame(ui)));
    }
    println!(
        "the index was there {:.0} s later; memory: {:.0} MB now",
        begun.elapsed().as_secs_f64(),
        memory("VmRSS")
    );
    let queries = ["security ", "\"the president\"", "eg", "minister -russia ", "cairo OR moscow "];
    let (mut found, mut views) = (Vec::new(), Vec::new());
    for query in queries.iter().cycle().take(20) {
        let begun = Instant::now();
        std::hint::black_box(app.explorer().index.hits(query));
        found.push(begun.elapsed());
        let filter = Filter { query: (*query).to_owned(), ..Filter::default() };
        views.push(shown(driver, app, &filter));
        for _ in 0..60 {
            rest(driver.frame(|ui| app.frame(ui)));
        }
    }
    let ((hits, late), (view, slow)) = (quantiles(found), quantiles(views));
    println!(
        "a search: median {hits:.1} ms, at most {late:.1} ms; shown after {view:.0} ms, at most {slow:.0} ms"
    );
}

/// Every frame while articles without their mentions are read and placed, and somebody uses the window.
fn used(gazetteer: &Gazetteer, articles: usize, time: Duration) -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("articles.jsonl");
    let pile = Pile::new(gazetteer, articles, articles * PLACES, MENTIONS);
    let mut file = BufWriter::new(File::create(&path)?);
    for number in 0..articles {
        let article = pile.article(number).article;
        let line = serde_json::json!({
            "id": article.id, "text": article.text, "source": article.source,
            "date": article.date.map(|date| date.to_string()), "title": article.title,
        });
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    let mut driver = Driver::new();
    let mut app = DatelineApp::new(&driver.ctx, Session::default(), Err(ShelfError::NoFolder))?;
    app.open_paths(&driver.ctx, vec![path]);
    let begun = Instant::now();
    let (mut times, mut read) = (Vec::new(), None);
    while begun.elapsed() < time || app.is_reading() {
        act(&mut driver, &mut app, times.len() as u64);
        let took = driver.frame(|ui| app.frame(ui));
        times.push(took);
        if read.is_none() && !app.is_reading() {
            read = Some(begun.elapsed());
        }
        rest(took);
    }
    let slow = |limit: u64| times.iter().filter(|&&took| took > Duration::from_millis(limit)).count();
    let slowest = times.iter().max().copied().unwrap_or_default();
    println!(
        "{} articles with {} mentions ({MENTIONS} strewn into each) placed after {:.0} s of {:.0} s of use",
        app.explorer().collection.len(),
        app.explorer().collection.mention_count(),
        read.unwrap_or_default().as_secs_f64(),
        begun.elapsed().as_secs_f64()
    );
    println!(
        "{} frames: {} over 16 ms, {} over 50 ms, the slowest {:.1} ms",
        times.len(),
        slow(16),
        slow(50),
        slowest.as_secs_f64() * 1e3
    );
    Ok(())
}

/// What somebody does while articles arrive: moves the map, looks at places, narrows what is shown, searches.
fn act(driver: &mut Driver, app: &mut DatelineApp, frame: u64) {
    let second = frame / 60;
    play(driver, frame, pos2(640.0, 330.0));
    if frame % 60 != 30 {
        return;
    }
    let countries = &app.explorer().view.countries;
    match second % 8 {
        1 => app.filter(Filter { sense: Some(Sense::Literal), ..Filter::default() }),
        3 => {
            let country = countries.first().map(|country| country.code.clone());
            app.filter(Filter { countries: country.into_iter().collect(), ..Filter::default() });
        }
        5 => app.filter(Filter { query: "security ".to_owned(), ..Filter::default() }),
        7 => app.filter(Filter::default()),
        _ => {
            // A row of the list.
            let at = pos2(120.0, 260.0 + (second % 5) as f32 * 40.0);
            driver.point(at);
            driver.press(at, true);
            driver.press(at, false);
        }
    }
}
