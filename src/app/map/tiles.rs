//! The ground as a source of tiles, drawn on worker threads.
//! While a tile is being drawn its nearest drawn ancestor stands in; what is no longer wanted when its
//! turn comes is not drawn at all.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use egui::{ColorImage, Context, Rect, TextureHandle, TextureOptions, pos2};
use walkers::sources::Attribution;
use walkers::{Tile, TilePiece, Tiles};

use crate::basemap::{Drawn, Ground, Order, Style, TileId, TileLabel};

/// Tiles kept, about a megabyte each at scale 1.
const KEPT: usize = 96;
/// Textures handed to the display in one frame, so that no frame takes long.
const UPLOADS: usize = 4;

struct Kept {
    texture: TextureHandle,
    pixels: u32,
    fixed: bool,
    awaited: bool,
    /// Whether it is to be drawn anew: something came in for it.
    due: bool,
    labels: Arc<[TileLabel]>,
    last_used: u64,
}

#[derive(Default)]
struct Queue {
    /// The most wanted last.
    orders: Vec<Order>,
    /// Begun, and not yet taken in by the window.
    begun: Begun,
    quit: bool,
}

/// Orders that are being drawn, each with whether something came in for it meanwhile: what is drawn may lack it.
#[derive(Default)]
struct Begun(Vec<(Order, bool)>);

impl Begun {
    fn begin(&mut self, order: Order) {
        self.0.push((order, false));
    }

    fn has(&self, order: &Order) -> bool {
        self.0.iter().any(|(begun, _)| begun == order)
    }

    /// Notes what came in.
    fn note(&mut self, news: &[TileId]) {
        for (order, due) in &mut self.0 {
            *due |= concerns(news, order.tile);
        }
    }

    /// Ends an order; answers whether it is to be drawn anew.
    fn end(&mut self, order: &Order) -> bool {
        let at = self.0.iter().position(|(begun, _)| begun == order);
        at.is_some_and(|at| self.0.swap_remove(at).1)
    }
}

/// Whether a tile may have been drawn without what came in: of one above it, too.
fn concerns(news: &[TileId], tile: TileId) -> bool {
    news.iter().any(|news| news.is_above(tile))
}

/// What the worker threads share with the window.
struct Shared {
    /// What is drawn, and the how manieth it is.
    ground: Mutex<(u64, Ground)>,
    queue: Mutex<Queue>,
    wake: Condvar,
}

impl Shared {
    /// A poisoned queue is still a list of orders.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ground(&self) -> (u64, Ground) {
        self.ground.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The tiles of the ground.
pub(super) struct GroundTiles {
    ctx: Context,
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
    results: Receiver<(u64, Order, Drawn)>,
    /// The ground that is drawn: its number, its nearest level, the side of its tiles in points.
    ground: (u64, u8, u32),
    drawn: HashMap<(TileId, Style), Kept>,
    wanted: Vec<Order>,
    /// The tiles that this frame looks at.
    seen: Vec<TileId>,
    style: Style,
    pixels: u32,
    hundredths: u32,
    /// Whether tiles drawn at another size are to be drawn anew.
    exact: bool,
    frame: u64,
    names: Names,
    problem: Option<String>,
}

/// The names on the tiles that are shown.
#[derive(Default)]
struct Names {
    /// The tiles of this frame, and of the frame that `labels` were gathered in.
    shown: Vec<TileId>,
    gathered: Vec<TileId>,
    /// Whether a tile came in since.
    stale: bool,
    labels: Vec<TileLabel>,
    /// Changes with them.
    revision: u64,
}

impl GroundTiles {
    /// With no worker threads every tile is drawn at once, on the calling thread: for tests.
    pub fn new(ctx: &Context, ground: Ground, workers: usize) -> GroundTiles {
        let about = (0, ground.nearest(), ground.side());
        let shared = Arc::new(Shared {
            ground: Mutex::new((0, ground)),
            queue: Mutex::default(),
            wake: Condvar::new(),
        });
        let (sender, results) = channel();
        let workers = (0..workers)
            .filter_map(|_| {
                let (shared, sender, ctx) = (shared.clone(), sender.clone(), ctx.clone());
                let thread = std::thread::Builder::new().name("map tile".to_string());
                thread.spawn(move || work(&shared, &sender, &ctx)).ok()
            })
            .collect();
        GroundTiles {
            ctx: ctx.clone(),
            shared,
            workers,
            results,
            ground: about,
            drawn: HashMap::new(),
            wanted: Vec::new(),
            seen: Vec::new(),
            style: Style::LIGHT,
            pixels: 512,
            hundredths: 100,
            exact: false,
            frame: 0,
            names: Names::default(),
            problem: None,
        }
    }

    /// Draws another ground from now on, if it is another.
    pub fn lay(&mut self, ground: Ground) {
        if self.shared.ground().1.is_same(&ground) {
            return;
        }
        self.ground = (self.ground.0 + 1, ground.nearest(), ground.side());
        *self.shared.ground.lock().unwrap_or_else(PoisonError::into_inner) = (self.ground.0, ground);
        let mut queue = self.shared.lock();
        queue.orders.clear();
        queue.begun = Begun::default();
        drop(queue);
        self.drawn.clear();
        self.problem = None;
        self.names = Names::default();
        self.ctx.request_repaint();
    }

    /// What is wrong with the tiles, if anything is, and whether trying again may help.
    pub fn problem(&self) -> Option<(String, bool)> {
        let online = self.shared.ground().1.online().and_then(|online| online.trouble());
        online.map(|told| (told, true)).or_else(|| Some((self.problem.clone()?, false)))
    }

    /// Asks at once for what did not come.
    pub fn again(&self) {
        if let Some(online) = self.shared.ground().1.online() {
            online.again();
        }
    }

    /// Draws anew what something came in for from a server, and tells it what is looked at.
    fn take_news(&mut self) {
        let (_, ground) = self.shared.ground();
        let Some(online) = ground.online() else {
            return;
        };
        let news = online.news();
        for ((tile, _), kept) in &mut self.drawn {
            kept.due |= concerns(&news, *tile);
        }
        if !news.is_empty() {
            self.shared.lock().begun.note(&news);
        }
        online.only(&self.seen);
    }

    /// Whether tiles are drawn behind the window.
    pub fn has_workers(&self) -> bool {
        !self.workers.is_empty()
    }

    /// Begins a frame: takes in what was drawn since the last one. New tiles are drawn `pixels` wide; with
    /// `exact` those that are there at another size are, too.
    pub fn begin(&mut self, style: Style, pixels: u32, scale: f32, exact: bool) {
        self.hundredths = (scale * 100.0).round() as u32;
        self.exact = exact;
        self.frame += 1;
        self.style = style;
        // As large as they are shown: `pixels` is told for tiles of 512 points.
        self.pixels = (pixels * self.ground.2 / 512).max(32);
        self.wanted.clear();
        self.names.shown.clear();
        self.take_news();
        self.seen.clear();
        for _ in 0..UPLOADS {
            match self.results.try_recv() {
                Ok((ground, order, drawn)) => {
                    if ground == self.ground.0 {
                        let due = self.shared.lock().begun.end(&order);
                        self.keep(order, drawn, due);
                    }
                }
                Err(_) => return,
            }
        }
        self.ctx.request_repaint();
    }

    /// Ends a frame: tells the workers what this frame lacked, and lets go of what is long unused.
    pub fn end(&mut self) {
        if !self.workers.is_empty() {
            let mut queue = self.shared.lock();
            self.wanted.retain(|order| !queue.begun.has(order));
            queue.orders.clear();
            queue.orders.extend(self.wanted.drain(..).rev());
            drop(queue);
            self.shared.wake.notify_all();
        }
        if self.drawn.len() > KEPT {
            let mut ages: Vec<u64> = self.drawn.values().map(|kept| kept.last_used).collect();
            ages.sort_unstable();
            let oldest = ages[ages.len() - KEPT].min(self.frame);
            self.drawn.retain(|_, kept| kept.last_used >= oldest);
        }
    }

    /// The names on the tiles of this frame, the most important first, with a number that changes with them; none
    /// for pictures.
    pub fn labels(&mut self) -> (u64, &[TileLabel]) {
        let names = &mut self.names;
        names.shown.sort_unstable();
        names.shown.dedup();
        if names.stale || names.shown != names.gathered {
            (names.stale, names.gathered) = (false, names.shown.clone());
            let kept = names.shown.iter().filter_map(|&tile| self.drawn.get(&(tile, self.style)));
            let labels = TileLabel::gather(kept.flat_map(|kept| kept.labels.iter()));
            if labels != names.labels {
                names.labels = labels;
                names.revision += 1;
            }
        }
        (self.names.revision, &self.names.labels)
    }

    fn keep(&mut self, order: Order, drawn: Drawn, due: bool) {
        let side = drawn.side as usize;
        if side == 0 || drawn.rgba.len() != side * side * 4 {
            return;
        }
        if drawn.problem.is_some() {
            self.problem = drawn.problem;
        }
        let image = ColorImage::from_rgba_premultiplied([side, side], &drawn.rgba);
        let texture = self.ctx.load_texture("map tile", image, TextureOptions::LINEAR);
        let kept = Kept {
            texture,
            pixels: order.pixels,
            fixed: drawn.fixed,
            awaited: drawn.awaited,
            due,
            labels: drawn.labels.into(),
            last_used: self.frame,
        };
        self.drawn.insert((order.tile, order.style), kept);
        self.names.stale = true;
    }

    fn piece(&mut self, tile: TileId, uv: Rect, awaited: bool) -> Option<TilePiece> {
        let kept = self.drawn.get_mut(&(tile, self.style)).filter(|kept| awaited || !kept.awaited)?;
        kept.last_used = self.frame;
        self.names.shown.push(tile);
        Some(TilePiece::new(Tile::Raster(kept.texture.clone()), uv))
    }

    fn want(&mut self, tile: TileId) {
        self.seen.push(tile);
        let order = Order { tile, style: self.style, pixels: self.pixels, hundredths: self.hundredths };
        let there = |kept: &Kept| !kept.due && (kept.fixed || !self.exact || kept.pixels == self.pixels);
        if self.drawn.get(&(tile, self.style)).is_some_and(there) {
            return;
        }
        if self.workers.is_empty() {
            let drawn = self.shared.ground().1.draw(&order);
            self.keep(order, drawn, false);
        } else if !self.wanted.contains(&order) {
            self.wanted.push(order);
        }
    }
}

impl Tiles for GroundTiles {
    fn at(&mut self, id: walkers::TileId) -> Option<TilePiece> {
        let tile = TileId { z: id.zoom, x: id.x, y: id.y };
        let up = tile.z.saturating_sub(self.ground.1);
        self.want(TileId { z: tile.z - up, x: tile.x >> up, y: tile.y >> up });
        // The tile itself, or its share of the nearest ancestor that there is.
        let mut find = |awaited: bool| {
            (up..=tile.z).find_map(|up| {
                let ancestor = TileId { z: tile.z - up, x: tile.x >> up, y: tile.y >> up };
                let share = (f32::from(up)).exp2().recip();
                let corner = |at: u32| (at - ((at >> up) << up)) as f32 * share;
                let min = pos2(corner(tile.x), corner(tile.y));
                self.piece(ancestor, Rect::from_min_max(min, min + egui::Vec2::splat(share)), awaited)
            })
        };
        find(false).or_else(|| find(true))
    }

    fn attribution(&self) -> Attribution {
        Attribution {
            text: "Natural Earth",
            url: "https://www.naturalearthdata.com/",
            logo_light: None,
            logo_dark: None,
        }
    }

    fn tile_size(&self) -> u32 {
        self.ground.2
    }
}

impl Drop for GroundTiles {
    fn drop(&mut self) {
        let mut queue = self.shared.lock();
        queue.quit = true;
        drop(queue);
        self.shared.wake.notify_all();
        for worker in self.workers.drain(..) {
            // A worker that panicked has nothing left to give back.
            let _ = worker.join();
        }
    }
}

fn work(shared: &Shared, results: &Sender<(u64, Order, Drawn)>, ctx: &Context) {
    while let Some(order) = next_order(shared) {
        let (number, ground) = shared.ground();
        let drawn = ground.draw(&order);
        if results.send((number, order, drawn)).is_err() {
            return;
        }
        ctx.request_repaint();
    }
}

/// Waits for the most wanted tile; `None` when the window is gone.
fn next_order(shared: &Shared) -> Option<Order> {
    let mut queue = shared.lock();
    loop {
        if queue.quit {
            return None;
        }
        if let Some(order) = queue.orders.pop() {
            queue.begun.begin(order);
            return Some(order);
        }
        queue = shared.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_of_a_tile_that_is_being_drawn_are_not_lost() {
        let order =
            |z, x| Order { tile: TileId { z, x, y: 0 }, style: Style::LIGHT, pixels: 512, hundredths: 100 };
        let mut begun = Begun::default();
        [order(1, 0), order(2, 1), order(2, 3)].into_iter().for_each(|order| begun.begin(order));
        begun.note(&[TileId { z: 1, x: 0, y: 0 }]);
        assert!(begun.has(&order(2, 1)));
        assert_eq!(
            [order(1, 0), order(2, 1), order(2, 3)].map(|order| begun.end(&order)),
            [true, true, false]
        );
        assert!(!begun.has(&order(2, 1)) && !begun.end(&order(2, 1)));
    }
}
