//! The map pane driven as a person would, without a display: by the names of its marks and buttons,
//! by the pointer and the wheel.

use std::sync::Arc;

use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, TouchPhase, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::{MapContent, MapPane, MapQuote, MapResponse, MapWish};
use crate::app::theme;
use crate::basemap::{Basemap, mercator};
use crate::explore::{Scene, ScenePoint};
use crate::gazetteer::Gazetteer;
use crate::model::{Bbox, How, Place, Precision};

const MIDDLE: Pos2 = pos2(400.0, 300.0);

/// The pane, what it shows, and what it last answered.
struct Sight {
    pane: Option<MapPane>,
    scene: Arc<Scene>,
    selected: Option<u32>,
    area: Option<Bbox>,
    heat: bool,
    clicked: Vec<u32>,
    backgrounds: usize,
    last: MapResponse,
}

fn point(key: u32, name: &str, lat: f64, lon: f64, articles: u32, precision: Precision) -> ScenePoint {
    let place = Place {
        id: format!("test:{key}"),
        name: name.to_owned(),
        lat,
        lon,
        country_code: if name == "Libya" { "LY".to_owned() } else { String::new() },
        country: String::new(),
        admin1: String::new(),
        feature_class: 'P',
        feature_code: String::new(),
        population: 0,
        precision,
        radius_m: 5_000.0,
        bbox: None,
    };
    ScenePoint {
        key,
        at: mercator::project(lat, lon),
        place: Arc::new(place),
        articles,
        mentions: articles * 2,
        classes: [0; 6],
        leading: None,
        uncertain: name == "Derna",
        associative: false,
        settled: How::Auto,
        matched: false,
    }
}

fn places() -> Vec<ScenePoint> {
    vec![
        point(10, "Derna", 32.77, 22.64, 1, Precision::Settlement),
        point(11, "Aleppo", 36.2, 37.16, 3, Precision::Settlement),
        point(12, "Idlib", 35.93, 36.63, 1, Precision::Settlement),
        point(13, "Libya", 28.0, 17.0, 5, Precision::Country),
        point(14, "Suva", -18.14, 178.44, 2, Precision::Settlement),
    ]
}

fn aleppo() -> Place {
    Place {
        id: "geonames:170063".to_owned(),
        name: "Aleppo".to_owned(),
        lat: 36.2,
        lon: 37.16,
        country_code: "SY".to_owned(),
        country: "Syria".to_owned(),
        admin1: String::new(),
        feature_class: 'P',
        feature_code: "PPLA".to_owned(),
        population: 1_602_264,
        precision: Precision::Settlement,
        radius_m: 5_000.0,
        bbox: None,
    }
}

fn draw(ui: &mut egui::Ui, sight: &mut Sight) {
    let Some(pane) = &mut sight.pane else {
        // Fonts are there from the next frame on.
        theme::apply(ui.ctx());
        let Ok(basemap) = Basemap::embedded() else { panic!("the embedded basemap opens") };
        sight.pane = Some(MapPane::synchronous(ui.ctx(), Arc::new(basemap), None));
        ui.ctx().request_repaint();
        return;
    };
    let quote = |key: u32| {
        Some(MapQuote {
            text: format!("Something happened at {key}."),
            source: "A paper".to_owned(),
            event: None,
        })
    };
    let content = MapContent {
        scene: &sight.scene,
        selected: sight.selected,
        hovered: None,
        heat: sight.heat,
        area: sight.area,
        quote: &quote,
    };
    let answer = pane.show(ui, &content);
    if let Some(MapWish::Area(area)) = &answer.wish {
        sight.area = *area;
    }
    sight.clicked.extend(answer.clicked);
    sight.backgrounds += usize::from(answer.background_clicked);
    sight.last = answer;
}

fn sight(points: Vec<ScenePoint>) -> Harness<'static, Sight> {
    let state = Sight {
        pane: None,
        scene: Arc::new(Scene::new(points, 1)),
        selected: None,
        area: None,
        heat: false,
        clicked: Vec::new(),
        backgrounds: 0,
        last: MapResponse::default(),
    };
    let builder =
        Harness::builder().with_size(vec2(800.0, 600.0)).with_step_dt(1.0 / 60.0).with_max_steps(400);
    let mut harness = builder.build_ui_state(draw, state);
    harness.run();
    harness
}

fn pane<'a>(sight: &'a mut Harness<'static, Sight>) -> &'a mut MapPane {
    match &mut sight.state_mut().pane {
        Some(pane) => pane,
        None => panic!("the first frame made the pane"),
    }
}

fn look(sight: &mut Harness<'static, Sight>, lat: f64, lon: f64, zoom: f64) {
    pane(sight).set_view(lat, lon, zoom);
    sight.run();
}

fn assert_near(found: (f64, f64), expected: (f64, f64), degrees: f64) {
    let off = (found.0 - expected.0).abs().max((found.1 - expected.1).abs());
    assert!(off < degrees, "{found:?} is not {expected:?}");
}

fn wheel(sight: &mut Harness<'static, Sight>, at: Pos2, lines: f32) {
    sight.hover_at(at);
    sight.run();
    sight.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, lines),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
        source: MouseWheelSource::Wheel,
    });
    sight.run();
}

#[test]
fn a_mark_is_a_button_with_its_name_and_its_articles() {
    let mut sight = sight(places());
    look(&mut sight, 36.0, 36.9, 8.0);
    sight.get_by_label("Aleppo: 3 articles").click();
    sight.run();
    sight.get_by_label("Idlib: 1 article").click();
    sight.run();
    assert_eq!(sight.state().clicked, [11, 12]);
    assert_eq!(sight.state().backgrounds, 0);
}

#[test]
fn at_first_sight_the_map_shows_every_place() {
    let mut near = places();
    near.truncate(4);
    let sight = sight(near);
    sight.get_by_label("Libya: 5 articles");
    sight.get_by_label("Derna: 1 article");
    sight.get_by_label("2 places around Aleppo");
}

#[test]
fn a_group_that_is_clicked_opens() {
    let mut sight = sight(places());
    look(&mut sight, 33.0, 29.0, 4.0);
    sight.get_by_label("2 places around Aleppo").click();
    sight.run();
    sight.get_by_label("Aleppo: 3 articles");
    sight.get_by_label("Idlib: 1 article");
    assert!(sight.state().clicked.is_empty());
}

#[test]
fn the_view_follows_the_places_until_somebody_moves_it() {
    let mut sight = sight(vec![point(1, "Derna", 32.77, 22.64, 1, Precision::Settlement)]);
    let show = |sight: &mut Harness<'static, Sight>, points: Vec<ScenePoint>| {
        let revision = sight.state().scene.revision + 1;
        sight.state_mut().scene = Arc::new(Scene::new(points, revision));
        sight.run();
    };
    let mut two = places();
    two.truncate(2);
    show(&mut sight, two.clone());
    sight.get_by_label("Aleppo: 3 articles");
    look(&mut sight, 50.0, 10.0, 6.0);
    show(&mut sight, places());
    assert_near(pane(&mut sight).centre(), (50.0, 10.0), 1e-6);
    sight.get_by_label("Show all places").click();
    sight.run();
    show(&mut sight, two);
    sight.get_by_label("Aleppo: 3 articles");
}

#[test]
fn the_wheel_zooms_about_the_pointer() {
    let mut sight = sight(places());
    look(&mut sight, 36.2, 37.16, 5.0);
    let at = pos2(600.0, 150.0);
    sight.hover_at(at);
    sight.run();
    let before = sight.state().last.pointer;
    wheel(&mut sight, at, 3.0);
    let Some((before, after)) = before.zip(sight.state().last.pointer) else {
        panic!("the pointer is on the map")
    };
    assert_near(after, before, 1e-6);
    assert!(pane(&mut sight).zoom() > 5.5);
    wheel(&mut sight, at, -200.0);
    assert!(pane(&mut sight).zoom() > 1.6, "the world is never smaller than the view");
}

#[test]
fn dragging_moves_the_map_with_the_pointer() {
    let mut sight = sight(places());
    look(&mut sight, 40.0, 20.0, 5.0);
    sight.hover_at(MIDDLE);
    sight.run();
    let held = sight.state().last.pointer;
    sight.drag_at(MIDDLE);
    for step in 1..=20 {
        sight.hover_at(MIDDLE + vec2(6.0 * step as f32, 2.0 * step as f32));
        sight.step();
    }
    let Some((held, now)) = held.zip(sight.state().last.pointer) else { panic!("the pointer is on the map") };
    assert_near(now, held, 0.6);
    let before = pane(&mut sight).centre();
    sight.drop_at(MIDDLE + vec2(120.0, 40.0));
    sight.run();
    assert!(pane(&mut sight).centre().1 < before.1, "it glides on");
}

#[test]
fn the_map_goes_round_the_world() {
    let mut sight = sight(places());
    look(&mut sight, -18.0, -178.0, 6.0);
    let mark = sight.get_by_label("Suva: 2 articles").rect();
    assert!(mark.center().x < MIDDLE.x && mark.center().x > 100.0, "{mark:?}");
    sight.hover_at(pos2(100.0, 300.0));
    sight.run();
    let Some((_, lon)) = sight.state().last.pointer else { panic!("the pointer is on the map") };
    assert!((lon + 360.0 - 175.4).abs() < 1.0 || (lon - 175.4).abs() < 1.0, "{lon}");
}

#[test]
fn a_flight_ends_where_it_should_and_at_once_with_reduced_motion() {
    let mut sight = sight(places());
    for reduced in [false, true] {
        look(&mut sight, 0.0, 0.0, 4.0);
        pane(&mut sight).reduced_motion = reduced;
        pane(&mut sight).fly_to(&aleppo());
        sight.step();
        assert_eq!(pane(&mut sight).is_flying(), !reduced);
        sight.run();
        assert_near(pane(&mut sight).centre(), (36.2, 37.16), 1e-6);
        assert!((pane(&mut sight).zoom() - 9.0).abs() < 1e-9);
    }
}

#[test]
fn the_card_tells_name_counts_and_quote() {
    let mut sight = sight(places());
    look(&mut sight, 33.0, 29.0, 5.0);
    let mark = sight.get_by_label("Derna: 1 article").rect().center();
    sight.hover_at(mark);
    sight.step();
    assert!(sight.query_by_label("1 article · 2 mentions · uncertain").is_none(), "it waits a little");
    sight.run_steps(30);
    sight.get_by_label("1 article · 2 mentions · uncertain");
    sight.get_by_label("“Something happened at 10.”");
    assert_eq!(sight.state().last.hovered, Some(10));
}

#[test]
fn a_selected_place_shows_itself_out_of_its_group() {
    let mut sight = sight(places());
    sight.state_mut().selected = Some(12);
    look(&mut sight, 33.0, 29.0, 4.0);
    sight.get_by_label("2 places around Aleppo");
    sight.get_by_label("Idlib: 1 article").click();
    sight.run();
    assert_eq!(sight.state().clicked, [12]);
}

#[test]
fn the_buttons_zoom() {
    let mut sight = sight(places());
    look(&mut sight, 33.0, 29.0, 5.0);
    for (name, zoom) in [("Zoom in", 6.0), ("Zoom out", 5.0)] {
        sight.get_by_label(name).click();
        sight.run();
        assert!((pane(&mut sight).zoom() - zoom).abs() < 1e-9, "{name}");
    }
    sight.get_by_label("Map");
}

fn drag(sight: &mut Harness<'static, Sight>, from: Pos2, to: Pos2) {
    sight.hover_at(from);
    sight.run();
    sight.drag_at(from);
    for step in 1..=8 {
        sight.hover_at(from + (to - from) * (step as f32 / 8.0));
        sight.step();
    }
    sight.drop_at(to);
    sight.run();
}

#[test]
fn a_box_is_drawn_stays_and_is_removed() {
    let mut sight = sight(places());
    look(&mut sight, 33.0, 29.0, 5.0);
    pane(&mut sight).toggle_box();
    let before = pane(&mut sight).centre();
    drag(&mut sight, pos2(500.0, 150.0), pos2(650.0, 300.0));
    let Some(area) = sight.state().area else { panic!("a box") };
    assert!(area.contains(36.2, 37.16) && !area.contains(32.77, 22.64), "{area:?}");
    assert_near(pane(&mut sight).centre(), before, 1e-9);
    // The tool is put away: the next drag moves the map.
    drag(&mut sight, MIDDLE, MIDDLE - vec2(60.0, 0.0));
    assert!(pane(&mut sight).centre().1 > before.1);
    sight.get_by_label("Remove the box").click();
    sight.run();
    assert_eq!(sight.state().area, None);
    assert!(sight.query_by_label("Remove the box").is_none());
}

#[test]
fn a_box_goes_over_the_date_line() {
    let mut sight = sight(places());
    look(&mut sight, -18.0, -178.0, 5.0);
    pane(&mut sight).toggle_box();
    drag(&mut sight, pos2(250.0, 200.0), pos2(550.0, 400.0));
    let Some(area) = sight.state().area else { panic!("a box") };
    assert!(area.west > 170.0 && area.east < -170.0, "{area:?}");
    assert!(area.contains(-18.14, 178.44));
    let remove = sight.get_by_label("Remove the box").rect().center();
    assert!((remove.x - 550.0).abs() < 20.0 && (remove.y - 200.0).abs() < 20.0, "{remove:?}");
}

#[test]
fn a_way_is_measured_by_clicks_and_keys() {
    let mut sight = sight(places());
    look(&mut sight, 33.0, 29.0, 5.0);
    pane(&mut sight).toggle_measure();
    sight.run();
    sight.get_by_label("Click points to measure the way between them. Esc ends");
    // A mark is measured from where it stands, and not selected.
    let derna = sight.get_by_label("Derna: 1 article").rect().center();
    for at in [derna, pos2(600.0, 500.0), pos2(200.0, 480.0)] {
        sight.hover_at(at);
        sight.run();
        sight.drag_at(at);
        sight.step();
        sight.drop_at(at);
        // Two clicks in haste would be a double click.
        sight.run_steps(40);
    }
    assert!(sight.state().clicked.is_empty());
    sight.get_by_label_contains("in 2 legs. The first point closes it");
    sight.key_press(egui::Key::Backspace);
    sight.run();
    sight.get_by_label_contains("km. Backspace takes a point back, Esc ends");
    assert!(pane(&mut sight).put_away());
    sight.run();
    assert!(sight.query_by_label_contains("Backspace").is_none());
}

#[test]
fn the_arrows_move_a_map_that_has_the_keyboard() {
    let mut sight = sight(places());
    look(&mut sight, 33.0, 29.0, 5.0);
    sight.get_by_label("Map").focus();
    sight.run();
    sight.key_press(egui::Key::ArrowRight);
    sight.run();
    let (lat, lon) = pane(&mut sight).centre();
    assert!((lat - 33.0).abs() < 1e-6 && lon > 31.0, "{lat}, {lon}");
    assert!(sight.get_by_label("Map").is_focused());
}

#[test]
fn a_map_begins_where_it_was_left_if_there_is_something_to_be_seen() {
    for (left, expected) in [((36.0, 36.0, 7.0), Some((36.0, 36.0))), ((-40.0, -100.0, 7.0), None)] {
        let mut sight = sight(Vec::new());
        pane(&mut sight).restore(left);
        sight.run();
        sight.state_mut().scene = Arc::new(Scene::new(places(), 2));
        sight.run();
        let centre = pane(&mut sight).centre();
        match expected {
            Some(expected) => assert_near(centre, expected, 1e-6),
            None => assert!((centre.0 - -40.0).abs() > 10.0, "{centre:?}"),
        }
    }
}

/// A pane over the gazetteer inside the program.
fn atlas() -> Harness<'static, Sight> {
    let mut sight = sight(Vec::new());
    let ctx = sight.ctx.clone();
    let Ok(gazetteer) = Gazetteer::embedded() else { panic!("the gazetteer opens") };
    pane(&mut sight).name_towns_from(&ctx, gazetteer);
    sight
}

fn names(sight: &mut Harness<'static, Sight>) -> Vec<(String, Pos2)> {
    let pane = pane(sight);
    let camera = pane.camera();
    let stands = pane.lettering.stands(&camera).into_iter();
    stands.filter(|(_, at)| camera.rect.contains(*at)).map(|(name, at)| (name.to_owned(), at)).collect()
}

#[test]
fn the_map_names_what_an_atlas_would() {
    let mut sight = atlas();
    let mut check = |lat: f64, lon: f64, zoom: f64, expected: &[&str]| {
        look(&mut sight, lat, lon, zoom);
        let found = names(&mut sight);
        for name in expected {
            assert!(found.iter().any(|(other, _)| other == name), "{name} at {zoom}: {found:?}");
        }
    };
    check(30.0, 20.0, 2.5, &["Egypt", "Indian Ocean"]);
    check(36.0, 20.0, 4.2, &["Italy", "Greece", "Mediterranean Sea", "Black Sea"]);
    check(37.0, -119.0, 5.4, &["California", "Nevada", "San Francisco"]);
    check(47.0, 9.5, 7.0, &["Zürich", "Munich"]);
    check(36.2, 37.1, 9.0, &["Aleppo", "I‘zāz"]);
    check(36.2, 37.15, 13.0, &["Aleppo"]);
    check(-17.5, 179.5, 6.5, &["Fiji", "Suva"]);
    check(65.8, -169.5, 6.4, &["Bering Strait"]);
}

#[test]
fn no_two_names_lie_on_one_another() {
    let mut sight = atlas();
    for (lat, lon, zoom) in [(48.0, 9.0, 5.5), (34.0, 108.0, 4.5), (51.5, -0.1, 9.5)] {
        look(&mut sight, lat, lon, zoom);
        let found = names(&mut sight);
        assert!((10..160).contains(&found.len()), "{found:?}");
        for (order, (name, at)) in found.iter().enumerate() {
            for (other, there) in &found[order + 1..] {
                let apart = (*there - *at).abs();
                assert!(apart.x > 8.0 || apart.y > 8.0, "{name} and {other}");
            }
        }
    }
}

#[test]
fn names_move_with_the_map_and_stay_the_same() {
    let mut sight = atlas();
    look(&mut sight, 48.0, 9.0, 5.5);
    let before = names(&mut sight);
    for _ in 0..3 {
        pane(&mut sight).stride(vec2(0.31, 0.2));
        sight.run();
    }
    let after = names(&mut sight);
    let moved = vec2(0.31, 0.2) * 80.0 * 3.0;
    let mut kept = 0;
    for (name, at) in &before {
        let there = *at - moved;
        if pane(&mut sight).camera().rect.contains(there) {
            kept += 1;
            let same = after.iter().any(|(other, now)| other == name && now.distance(there) < 0.6);
            assert!(same, "{name} jumps");
        }
    }
    assert!(kept > 20, "{kept}");
}

#[test]
fn something_tells_where_one_is_even_in_a_desert() {
    let mut sight = atlas();
    look(&mut sight, 22.5, 12.5, 14.0);
    assert!(names(&mut sight).is_empty());
    let said = pane(&mut sight).lettering.whereabouts().map(str::to_owned);
    assert!(said.as_ref().is_some_and(|said| said.contains(" km ") && said.contains(" of ")), "{said:?}");
}

#[test]
fn the_heat_map_stands_in_place_of_the_marks_and_says_what_it_means() {
    let mut sight = sight(places());
    sight.state_mut().heat = true;
    look(&mut sight, 33.0, 29.0, 5.0);
    assert!(sight.query_by_label("Derna: 1 article").is_none());
    // Libya's five lie far from the others.
    sight.get_by_label("Articles within about 160 km, from none to 5");
    sight.state_mut().selected = Some(12);
    sight.run();
    sight.get_by_label("Idlib: 1 article");
    sight.state_mut().heat = false;
    sight.run();
    sight.get_by_label("Derna: 1 article");
}

#[test]
fn countries_are_called_as_they_call_themselves() {
    let mut sight = atlas();
    look(&mut sight, 50.0, 12.0, 4.6);
    pane(&mut sight).local_names = true;
    sight.run();
    let found = names(&mut sight);
    for name in ["Deutschland", "Polska", "Italia"] {
        assert!(found.iter().any(|(other, _)| other == name), "{name}: {found:?}");
    }
    assert!(!found.iter().any(|(other, _)| other == "Germany"), "{found:?}");
}

#[test]
fn a_marks_name_stands_where_the_edge_does_not_cut_it() {
    let far = [("Westernmost harbour", -66.0), ("Midmost harbour", 20.0), ("Easternmost harbour", 66.0)];
    let towns =
        far.iter().zip(20..).map(|(&(name, lon), key)| point(key, name, 5.0, lon, 1, Precision::Settlement));
    let mut sight = sight(towns.collect());
    let side = |sight: &mut Harness<'static, Sight>, number: usize| {
        let (name, lon) = far[number];
        let mark = pane(sight).camera().to_screen(mercator::project(5.0, lon));
        let found = names(sight).into_iter().find(|(other, _)| other == name);
        found.map(|(_, at)| if at.x < mark.x { "left" } else { "right" })
    };
    look(&mut sight, 0.0, 0.0, 3.0);
    assert_eq!([0, 1, 2].map(|number| side(&mut sight, number)), ["right", "right", "left"].map(Some));
    // The map has moved: the mark in the middle has come to the edge, and its name goes round it.
    pane(&mut sight).stride(vec2(-3.3, 0.0));
    sight.run();
    assert_eq!(side(&mut sight, 1), Some("left"));
}
