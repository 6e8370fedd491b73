//! `dateline assets build`: makes the committed assets from registry packages (feature `assets`).
//! Run rarely: what it writes is committed, and every version stays in the repository.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use super::CliError;
use crate::{basemap, gazetteer};

const EXAMPLES: &str = "\
Examples:
  sh assets/sources.sh sources
  dateline assets build --sources sources
  dateline assets build --sources sources --only gazetteer
";

/// Builds the data that the program carries
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Build(BuildArgs),
}

/// Builds the assets from the packages that assets/sources.sh unpacks
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, help_template = super::TEMPLATE)]
struct BuildArgs {
    /// Folder with the unpacked packages
    #[arg(long, value_name = "DIR")]
    sources: PathBuf,

    /// Build only these
    #[arg(long, value_name = "ASSET", value_enum)]
    only: Vec<Asset>,

    /// Folder of the assets, with the hand-written tables in tables/
    #[arg(long, value_name = "DIR", default_value = "assets")]
    assets: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Asset {
    Gazetteer,
    Lexicon,
    Basemap,
}

pub(super) fn run(args: Args) -> Result<ExitCode, CliError> {
    let Command::Build(args) = args.command;
    let tables = args.assets.join("tables");
    for asset in Asset::value_variants() {
        if !args.only.is_empty() && !args.only.contains(asset) {
            continue;
        }
        let target = |name: &str| args.assets.join(format!("{name}.bin.zst"));
        match asset {
            Asset::Gazetteer => {
                let bytes = gazetteer::build::gazetteer(&args.sources, &tables).map_err(failed)?;
                pack(&bytes, &target("gazetteer"))?;
            }
            Asset::Lexicon => {
                let bytes = gazetteer::build::lexicon(&args.sources, &tables).map_err(failed)?;
                pack(&bytes, &target("lexicon"))?;
            }
            Asset::Basemap => {
                basemap::build::build(&args.sources, &target("basemap")).map_err(failed)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn failed(error: impl std::fmt::Display) -> CliError {
    CliError::Failed(error.to_string())
}

/// Compresses and writes an asset, all of it or nothing.
fn pack(bytes: &[u8], target: &Path) -> Result<(), CliError> {
    let named = |error: std::io::Error| failed(format!("cannot write {}: {error}", target.display()));
    let compress = || {
        let mut encoder = zstd::Encoder::new(Vec::new(), 22)?;
        encoder.long_distance_matching(true)?;
        encoder.window_log(26)?;
        encoder.write_all(bytes)?;
        encoder.finish()
    };
    let packed = compress().map_err(named)?;
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(named)?;
    file.write_all(&packed).map_err(named)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is readable by its owner alone; an asset is for everybody.
        let everybody = std::fs::Permissions::from_mode(0o644);
        file.as_file().set_permissions(everybody).map_err(named)?;
    }
    file.persist(target).map_err(|error| named(error.error))?;
    super::error::tell(&format!("{}: {} bytes, {} unpacked", target.display(), packed.len(), bytes.len()));
    Ok(())
}
