//! The basemap as a source of tiles, rasterised on worker threads.
//! While a tile is being drawn its nearest drawn ancestor stands in; what is no longer wanted when its
//! turn comes is not drawn at all.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use egui::{ColorImage, Context, Rect, TextureHandle, TextureOptions, pos2};
use walkers::sources::Attribution;
use walkers::{Tile, TilePiece, Tiles};

use crate::basemap::{Basemap, Style, TileId, render};

/// Nearest level that is drawn; beyond it this level is stretched.
pub(super) const MAX_LEVEL: u8 = 14;
/// Tiles kept, about a megabyte each at scale 1.
const KEPT: usize = 96;
/// Textures handed to the display in one frame, so that no frame takes long.
const UPLOADS: usize = 4;

/// A tile as it is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Job {
    tile: TileId,
    style: Style,
    pixels: u32,
    /// Hundredths of a pixel to a point.
    scale: u32,
}

impl Job {
    fn render(&self, basemap: &Basemap) -> Vec<u8> {
        render(basemap, self.tile, self.pixels, self.scale as f32 / 100.0, &self.style)
    }
}

struct Drawn {
    texture: TextureHandle,
    pixels: u32,
    last_used: u64,
}

#[derive(Default)]
struct Queue {
    /// The most wanted last.
    jobs: Vec<Job>,
    /// Begun, and not yet taken in by the window.
    begun: Vec<Job>,
    quit: bool,
}

/// What the worker threads share with the window.
struct Shared {
    basemap: Arc<Basemap>,
    queue: Mutex<Queue>,
    wake: Condvar,
}

impl Shared {
    /// A poisoned queue is still a list of jobs.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tiles of the offline basemap.
pub(super) struct BasemapTiles {
    ctx: Context,
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
    results: Receiver<(Job, Vec<u8>)>,
    drawn: HashMap<(TileId, Style), Drawn>,
    wanted: Vec<Job>,
    style: Style,
    pixels: u32,
    scale: u32,
    /// Whether tiles drawn at another size are to be drawn anew.
    exact: bool,
    frame: u64,
}

impl BasemapTiles {
    /// With no worker threads every tile is drawn at once, on the calling thread: for tests.
    pub fn new(ctx: &Context, basemap: Arc<Basemap>, workers: usize) -> BasemapTiles {
        let shared = Arc::new(Shared { basemap, queue: Mutex::default(), wake: Condvar::new() });
        let (sender, results) = channel();
        let workers = (0..workers)
            .filter_map(|_| {
                let (shared, sender, ctx) = (shared.clone(), sender.clone(), ctx.clone());
                let thread = std::thread::Builder::new().name("map tile".to_string());
                thread.spawn(move || work(&shared, &sender, &ctx)).ok()
            })
            .collect();
        BasemapTiles {
            ctx: ctx.clone(),
            shared,
            workers,
            results,
            drawn: HashMap::new(),
            wanted: Vec::new(),
            style: Style::LIGHT,
            pixels: 512,
            scale: 100,
            exact: false,
            frame: 0,
        }
    }

    /// Begins a frame: takes in what was drawn since the last one. New tiles are drawn `pixels` wide; with
    /// `exact` those that are there at another size are, too.
    pub fn begin(&mut self, style: Style, pixels: u32, scale: f32, exact: bool) {
        self.scale = (scale * 100.0).round() as u32;
        self.exact = exact;
        self.frame += 1;
        self.style = style;
        self.pixels = pixels;
        self.wanted.clear();
        for _ in 0..UPLOADS {
            match self.results.try_recv() {
                Ok((job, rgba)) => {
                    self.shared.lock().begun.retain(|begun| *begun != job);
                    self.keep(job, &rgba);
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
            self.wanted.retain(|job| !queue.begun.contains(job));
            queue.jobs.clear();
            queue.jobs.extend(self.wanted.drain(..).rev());
            drop(queue);
            self.shared.wake.notify_all();
        }
        if self.drawn.len() > KEPT {
            let mut ages: Vec<u64> = self.drawn.values().map(|drawn| drawn.last_used).collect();
            ages.sort_unstable();
            let oldest = ages[ages.len() - KEPT].min(self.frame);
            self.drawn.retain(|_, drawn| drawn.last_used >= oldest);
        }
    }

    fn keep(&mut self, job: Job, rgba: &[u8]) {
        let side = job.pixels as usize;
        if rgba.len() != side * side * 4 {
            return;
        }
        let image = ColorImage::from_rgba_premultiplied([side, side], rgba);
        let texture = self.ctx.load_texture("map tile", image, TextureOptions::LINEAR);
        let drawn = Drawn { texture, pixels: job.pixels, last_used: self.frame };
        self.drawn.insert((job.tile, job.style), drawn);
    }

    fn piece(&mut self, tile: TileId, uv: Rect) -> Option<TilePiece> {
        let drawn = self.drawn.get_mut(&(tile, self.style))?;
        drawn.last_used = self.frame;
        Some(TilePiece::new(Tile::Raster(drawn.texture.clone()), uv))
    }

    fn want(&mut self, tile: TileId) {
        let job = Job { tile, style: self.style, pixels: self.pixels, scale: self.scale };
        if self.drawn.get(&(tile, self.style)).is_some_and(|drawn| !self.exact || drawn.pixels == self.pixels)
        {
            return;
        }
        if self.workers.is_empty() {
            let rgba = job.render(&self.shared.basemap);
            self.keep(job, &rgba);
        } else if !self.wanted.contains(&job) {
            self.wanted.push(job);
        }
    }
}

impl Tiles for BasemapTiles {
    fn at(&mut self, id: walkers::TileId) -> Option<TilePiece> {
        let tile = TileId { z: id.zoom, x: id.x, y: id.y };
        let up = tile.z.saturating_sub(MAX_LEVEL);
        self.want(TileId { z: tile.z - up, x: tile.x >> up, y: tile.y >> up });
        // The tile itself, or its share of the nearest ancestor that there is.
        (up..=tile.z).find_map(|up| {
            let ancestor = TileId { z: tile.z - up, x: tile.x >> up, y: tile.y >> up };
            let share = (f32::from(up)).exp2().recip();
            let corner = |at: u32| (at - ((at >> up) << up)) as f32 * share;
            let min = pos2(corner(tile.x), corner(tile.y));
            self.piece(ancestor, Rect::from_min_max(min, min + egui::Vec2::splat(share)))
        })
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
        512
    }
}

impl Drop for BasemapTiles {
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

fn work(shared: &Shared, results: &Sender<(Job, Vec<u8>)>, ctx: &Context) {
    while let Some(job) = next_job(shared) {
        let rgba = job.render(&shared.basemap);
        if results.send((job, rgba)).is_err() {
            return;
        }
        ctx.request_repaint();
    }
}

/// Waits for the most wanted tile; `None` when the window is gone.
fn next_job(shared: &Shared) -> Option<Job> {
    let mut queue = shared.lock();
    loop {
        if queue.quit {
            return None;
        }
        if let Some(job) = queue.jobs.pop() {
            queue.begun.push(job);
            return Some(job);
        }
        queue = shared.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
    }
}
