//! The map pane driven as a person would, without a display: by the names of its marks and buttons,
//! by the pointer and the wheel.

use std::sync::Arc;

use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, TouchPhase, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::{MapPane, MapPoint, MapQuote, MapResponse, MapScene};
use crate::app::theme;
use crate::basemap::Basemap;
use crate::model::{Place, Precision};

const MIDDLE: Pos2 = pos2(400.0, 300.0);

/// The pane, what it shows, and what it last answered.
struct Sight {
    pane: Option<MapPane>,
    scene: MapScene,
    selected: Option<u32>,
    clicked: Vec<u32>,
    backgrounds: usize,
    last: MapResponse,
}

fn point(key: u32, name: &str, lat: f64, lon: f64, articles: u32, precision: Precision) -> MapPoint {
    MapPoint {
        key,
        lat,
        lon,
        articles,
        mentions: articles * 2,
        precision,
        radius_m: 5_000.0,
        name: name.to_owned(),
        label: name.to_owned(),
        uncertain: name == "Derna",
        associative_only: false,
        country_code: if name == "Libya" { "LY".to_owned() } else { String::new() },
        bbox: None,
    }
}

fn places() -> Vec<MapPoint> {
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
        Some(MapQuote { text: format!("Something happened at {key}."), source: "A paper".to_owned() })
    };
    let answer = pane.show(ui, &sight.scene, sight.selected, None, &quote);
    sight.clicked.extend(answer.clicked);
    sight.backgrounds += usize::from(answer.background_clicked);
    sight.last = answer;
}

fn sight(points: Vec<MapPoint>) -> Harness<'static, Sight> {
    let state = Sight {
        pane: None,
        scene: MapScene { points, revision: 1 },
        selected: None,
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
    let show = |sight: &mut Harness<'static, Sight>, points: Vec<MapPoint>| {
        let revision = sight.state().scene.revision + 1;
        sight.state_mut().scene = MapScene { points, revision };
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
