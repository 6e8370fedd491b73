//! What lies under the marks: files of tiles, added, chosen, kept and missed.

use std::path::{Path, PathBuf};

use dateline::app::{ChosenGround, DatelineApp, GroundChoices, KeptGround, Origin, Session};
use dateline::gazetteer::ShelfError;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::stories::{Window, click, settle, stories};

/// A database with one tile of one colour, for the whole world.
fn tiles(folder: &Path, name: &str, attribution: &str) -> PathBuf {
    let path = folder.join(name);
    let database = rusqlite::Connection::open(&path).unwrap();
    database
        .execute_batch(
            "CREATE TABLE metadata (name text, value text);
             CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);",
        )
        .unwrap();
    for pair in [("name", "Old survey"), ("attribution", attribution), ("minzoom", "0"), ("maxzoom", "0")] {
        database.execute("INSERT INTO metadata VALUES (?1, ?2)", pair).unwrap();
    }
    let picture = image::RgbaImage::from_pixel(256, 256, image::Rgba([200, 180, 140, 255]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    database.execute("INSERT INTO tiles VALUES (0, 0, 0, ?1)", [bytes.into_inner()]).unwrap();
    path
}

fn window(size: (f32, f32), ground: GroundChoices) -> Window {
    let mut window = Harness::builder()
        .with_size(egui::vec2(size.0, size.1))
        .with_max_steps(60)
        .with_step_dt(1.0 / 60.0)
        .build_eframe(|cc| {
            let session = Session { reduced_motion: true, ground, ..Session::default() };
            let mut app = DatelineApp::synchronous(&cc.egui_ctx, session, Err(ShelfError::NoFolder)).unwrap();
            app.add(stories());
            app
        });
    wait(&mut window);
    window
}

/// Runs until files are open.
fn wait(window: &mut Window) {
    settle(window);
    for _ in 0..2000 {
        if !window.state().is_busy() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.run_steps(1);
    }
    settle(window);
}

fn opened(size: (f32, f32)) -> Window {
    let mut window = window(size, GroundChoices::default());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
    settle(&mut window);
    window
}

fn add(window: &mut Window, path: &Path) {
    window.get_by_label("Path of a .pmtiles or .mbtiles file to add").focus();
    settle(window);
    window.get_by_label("Path of a .pmtiles or .mbtiles file to add").type_text(&path.display().to_string());
    settle(window);
    window.get_by_label("Add").click();
    wait(window);
}

fn ground(window: &Window) -> &GroundChoices {
    &window.state().session().ground
}

#[test]
fn a_tile_file_is_added_shown_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = tiles(folder.path(), "survey.mbtiles", "&copy; <a href='x'>Survey office</a>");
    let mut window = opened((1280.0, 800.0));
    window.get_by_role_and_label(Role::RadioButton, "Built in");
    add(&mut window, &path);
    assert_eq!(ground(&window).chosen, ChosenGround::Kept(0));
    assert_eq!(ground(&window).kept[0].from, Origin::File(path));
    window.get_by_role_and_label(Role::RadioButton, "Old survey");
    // Whom it is owed to is told on the map.
    window.get_by_label_contains("© Survey office · Natural Earth");
    window.get_by_role_and_label(Role::RadioButton, "Built in").click();
    settle(&mut window);
    assert_eq!(ground(&window).chosen, ChosenGround::BuiltIn);
    assert!(window.query_by_label_contains("© Survey office ·").is_none());
    window.get_by_label("Remove Old survey").click();
    settle(&mut window);
    assert!(ground(&window).kept.is_empty());
}

#[test]
fn a_file_that_is_no_map_is_refused_where_it_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.pmtiles");
    std::fs::write(&path, "Dear Sir").unwrap();
    let mut window = opened((800.0, 600.0));
    add(&mut window, &path);
    window.get_by_label_contains("Neither PMTiles nor MBTiles: ");
    assert_eq!(*ground(&window), GroundChoices::default());
}

#[test]
fn a_file_that_has_gone_gives_way_to_the_built_in_map() {
    let path = PathBuf::from("gone.mbtiles");
    let kept = KeptGround {
        title: "Old survey".to_owned(),
        facts: String::new(),
        from: Origin::File(path),
        names: false,
    };
    let window = window(
        (1280.0, 800.0),
        GroundChoices { chosen: ChosenGround::Kept(0), kept: vec![kept], ..GroundChoices::default() },
    );
    assert_eq!(ground(&window).chosen, ChosenGround::BuiltIn);
    let notice = window.state().notice().unwrap_or_default();
    assert!(notice.contains("There is no file at this path: gone.mbtiles"), "{notice}");
    // It may come back.
    assert_eq!(ground(&window).kept.len(), 1);
}

#[test]
fn the_list_is_walked_with_the_keyboard() {
    let mut window = opened((800.0, 600.0));
    assert!(window.get_by_label("Path of a .pmtiles or .mbtiles file to add").is_focused());
    window.get_by_role_and_label(Role::RadioButton, "Built in, plain").focus();
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(ground(&window).chosen, ChosenGround::Plain);
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(window.query_by_label("Built in, plain").is_none());
}

/// A server that answers every request with a picture of one colour, and tells that it was asked.
fn serve() -> (String, std::sync::mpsc::Receiver<()>) {
    use std::io::{BufRead, BufReader, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/{{z}}/{{x}}/{{y}}.png", listener.local_addr().unwrap());
    let picture = image::RgbaImage::from_pixel(256, 256, image::Rgba([90, 120, 90, 255]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let body = bytes.into_inner();
    let (sender, asked) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let _ = sender.send(());
            let head =
                format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = (&stream).write_all(head.as_bytes()).and_then(|()| (&stream).write_all(&body));
        }
    });
    (address, asked)
}

fn type_into(window: &mut Window, label: &str, text: &str) {
    window.get_by_label(label).focus();
    settle(window);
    window.get_by_label(label).type_text(text);
    settle(window);
}

#[test]
fn online_tiles_are_asked_about_before_anything_is_fetched() {
    let (address, asked) = serve();
    let mut window = opened((1280.0, 800.0));
    click(&mut window, "Add online tiles…");
    type_into(&mut window, "Address", &address);
    type_into(&mut window, "Name", "Ours");
    click(&mut window, "Add");
    window.get_by_label_contains("whom the tiles are owed to");
    type_into(&mut window, "Owed to", "© Us and others");
    click(&mut window, "Add");
    window.get_by_label_contains("Fetch tiles from 127.0.0.1");
    window.get_by_label_contains("Nothing of your articles is sent");
    assert_eq!(ground(&window).chosen, ChosenGround::BuiltIn);
    click(&mut window, "Not now");
    assert!(asked.recv_timeout(std::time::Duration::from_millis(100)).is_err());
    // Kept in the list all the same, to be chosen another time.
    window.get_by_role_and_label(Role::RadioButton, "Ours").click();
    settle(&mut window);
    click(&mut window, "Fetch tiles");
    assert_eq!(ground(&window).chosen, ChosenGround::Kept(0));
    window.run_steps(3);
    assert!(asked.recv_timeout(std::time::Duration::from_secs(10)).is_ok());
    window.get_by_label_contains("© Us and others · Natural Earth");
}

#[test]
fn a_server_that_is_not_there_is_told_of_on_the_map() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/{{z}}/{{x}}/{{y}}.png", listener.local_addr().unwrap());
    drop(listener);
    let tiles = dateline::app::OnlineTiles {
        address,
        owed: "© Nobody".to_owned(),
        nearest: 5,
        wide: false,
        allowed: true,
    };
    let kept = KeptGround {
        title: "Nowhere".to_owned(),
        facts: String::new(),
        from: Origin::Online(tiles),
        names: false,
    };
    let ground =
        GroundChoices { chosen: ChosenGround::Kept(0), kept: vec![kept], ..GroundChoices::default() };
    let mut window = window((1280.0, 800.0), ground);
    for _ in 0..1000 {
        if window.query_by_label("Try again").is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.run_steps(1);
    }
    window.get_by_label_contains("cannot be reached");
    click(&mut window, "Try again");
}

#[test]
fn a_layer_is_added_told_of_and_taken_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("camps.geojson");
    let text = r#"{"type": "Feature", "properties": {"name": "Desert"}, "geometry":
        {"type": "Polygon", "coordinates": [[[-170, -60], [170, -60], [170, 80], [-170, 80], [-170, -60]]]}}"#;
    std::fs::write(&path, text).unwrap();
    let mut window = opened((1280.0, 800.0));
    click(&mut window, "Layers (0)");
    type_into(&mut window, "Path of a .geojson file to add", &path.display().to_string());
    click(&mut window, "Add");
    wait(&mut window);
    window.get_by_label_contains("camps: 1 shape");
    assert_eq!(ground(&window).layers.len(), 1);
    click(&mut window, "Colour of camps");
    assert_eq!(ground(&window).layers[0].colour, 1);
    click(&mut window, "Show camps");
    assert!(!ground(&window).layers[0].shown);
    click(&mut window, "Show camps");
    click(&mut window, "Remove camps");
    assert!(ground(&window).layers.is_empty());
    let none = folder.path().join("none.geojson");
    type_into(&mut window, "Path of a .geojson file to add", &none.display().to_string());
    click(&mut window, "Add");
    wait(&mut window);
    window.get_by_label_contains("none: There is no file at this path");
}
