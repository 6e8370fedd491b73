//! `dateline completions`: what a shell offers when Tab is pressed.
//! Made of the very arguments that are parsed, so that they cannot disagree.

use std::io::Write;
use std::process::ExitCode;

use clap_complete::Shell;

use super::CliError;

const EXAMPLES: &str = "\
Examples:
  dateline completions bash > ~/.local/share/bash-completion/completions/dateline
  dateline completions zsh > ~/.zfunc/_dateline                    with ~/.zfunc in $fpath
  dateline completions fish > ~/.config/fish/completions/dateline.fish
  dateline completions powershell >> $PROFILE
";

/// Prints what a shell needs to complete commands, options and their values
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, help_template = super::TEMPLATE)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "dateline", &mut script);
    let mut out = std::io::stdout().lock();
    out.write_all(&script).and_then(|()| out.flush()).map_err(|error| CliError::stdout(&error))?;
    Ok(ExitCode::SUCCESS)
}
