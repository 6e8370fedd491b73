//! What the command line is beside its commands: settings, completions, manual, what is said and how it ends.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::support::{folder, program, records, run, run_with};

#[test]
fn settings_are_shown_with_where_they_come_from() {
    let folder = folder(&[]);
    let told = |args: &[&str]| {
        let ran = run(folder.path(), args);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{args:?}");
        ran.stdout
    };
    let from = || {
        let lines = records(&told(&["config", "--json"]));
        let pair =
            |line: &Value| format!("{}={} {}", line["key"], line["value"], line["from"]).replace('"', "");
        lines.iter().map(pair).collect::<Vec<_>>()
    };
    assert!(from().contains(&"online=false default".to_owned()) && from().len() == 4);
    assert_eq!(told(&["config", "get", "kinds"]), "name,coordinate\n");
    told(&["config", "set", "online", "true"]);
    told(&["config", "set", "kinds", "name, demonym"]);
    assert!(from().contains(&"online=true file".to_owned()));
    assert_eq!(told(&["config", "get", "kinds"]), "name,demonym\n");
    let path = told(&["config", "path"]);
    assert_eq!(
        fs::read_to_string(path.trim_end()).unwrap(),
        "online = true\nkinds = [\"name\", \"demonym\"]\n"
    );
    told(&["config", "unset", "kinds"]);
    assert_eq!(told(&["config", "get", "kinds"]), "name,coordinate\n");
    assert!(told(&["config"]).lines().any(|line| line.starts_with("format   geojson          default")));
}

#[test]
fn what_is_no_setting_is_refused_and_one_in_the_file_is_told() {
    let folder = folder(&[
        (".home/dateline/config.toml", b"colour = 1\nthreads = 'all'\n"),
        ("a.txt", b"Rain in Cairo."),
    ]);
    let check = |args: &[&str], code: i32, said: &str| {
        let ran = run(folder.path(), args);
        assert!(ran.code == code && ran.stderr.contains(said), "{args:?}: {} {}", ran.code, ran.stderr);
    };
    check(&["config"], 1, "config.toml, colour: “colour” is no setting");
    check(&["config"], 1, "config.toml, threads: “all” is no number");
    check(&["config", "set", "colour", "red"], 2, "there are online, threads, format, kinds");
    check(&["config", "set", "format", "paper"], 2, "format: “paper” is no format");
    // The command is done all the same.
    check(&["geoparse", "a.txt"], 0, "colour");
}

#[test]
fn flags_come_before_what_is_settled() {
    let folder = folder(&[
        (".home/dateline/config.toml", b"format = 'csv'\nkinds = ['demonym']\nthreads = 1\n"),
        ("a.txt", b"Egyptian officials spoke in Cairo."),
    ]);
    let out = |args: &[&str]| run(folder.path(), &[&["geoparse", "a.txt"], args].concat()).stdout;
    assert!(out(&[]).starts_with("id") || out(&[]).contains(",demonym,"), "{}", out(&[]));
    assert!(out(&[]).contains("Egyptian") && !out(&[]).contains("Cairo,"), "{}", out(&[]));
    assert!(out(&["--kinds", "name", "--format", "geojson"]).starts_with("{\"type\":\"FeatureCollection\""));
    assert!(out(&["--kinds", "name"]).contains("Cairo"));
}

#[test]
fn every_shell_gets_completions_of_every_command() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = run(folder.path(), &["completions", shell]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{shell}");
        for word in ["geoparse", "gazetteer", "unresolved", "corrections", "config"] {
            assert!(ran.stdout.contains(word), "{shell} does not know {word}");
        }
    }
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let folder = folder(&[]);
    assert_eq!(run(folder.path(), &["man", "man1"]).code, 0);
    let page = |name: &str| fs::read_to_string(folder.path().join("man1").join(name)).unwrap();
    for name in [
        "dateline.1",
        "dateline-geoparse.1",
        "dateline-project-corrections-import.1",
        "dateline-config-set.1",
    ] {
        for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES"] {
            assert!(
                page(name).contains(&format!(".SH \"{section}\""))
                    || page(name).contains(&format!(".SH {section}")),
                "{name} has no {section}"
            );
        }
    }
    assert_eq!(run(folder.path(), &["man"]).stdout, page("dateline.1"));
    if Command::new("mandoc").arg("-V").output().is_err() && Command::new("mandoc").output().is_err() {
        eprintln!("mandoc is not installed: the manual is not checked by it");
        return;
    }
    let pages = fs::read_dir(folder.path().join("man1")).unwrap().map(|page| page.unwrap().path());
    let told = Command::new("mandoc").args(["-T", "lint", "-W", "error"]).args(pages).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
}

#[test]
fn nothing_in_a_name_or_a_text_steers_the_terminal() {
    let folder = folder(&[]);
    let line = "{\"id\":\"\u{9b}2J\u{202e}x\",\"te\n";
    let ran = run_with(folder.path(), &["geoparse", "-", "no\x1b]0;owned\x07such\nfile.txt"], line);
    assert_eq!(ran.code, 1);
    assert!(!ran.stderr.contains(['\x1b', '\x07', '\u{9b}', '\u{202e}']), "{:?}", ran.stderr);
    assert!(ran.stderr.contains("no\\x1b]0;owned\\x07such file.txt: "), "{}", ran.stderr);
    let mut command = program(folder.path());
    // Colours are wanted even here, so that what steers would come through.
    let refused =
        command.args(["geoparse", "--\x1b[31mred\u{202e}"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(!said.contains(['\x1b', '\u{202e}']) && said.contains("unexpected argument"), "{said:?}");
}

#[test]
fn quiet_says_only_what_went_wrong_and_verbose_says_more() {
    let folder = folder(&[("a.txt", b"Rain in Cairo."), ("sites.csv", b"name,lat,lon\nCamp,35,38\n")]);
    let check =
        |args: &[&str], expected: &str| assert_eq!(run(folder.path(), args).stderr, expected, "{args:?}");
    check(&["-q", "gazetteer", "import", "sites.csv", "-o", "a.gazetteer"], "");
    assert!(
        run(folder.path(), &["gazetteer", "import", "sites.csv", "-o", "b.gazetteer"])
            .stderr
            .contains("1 places")
    );
    let ran = run(folder.path(), &["geoparse", "a.txt", "gone.txt", "--quiet"]);
    assert!(
        ran.stderr.starts_with("dateline: gone.txt: ") && ran.stderr.lines().count() == 1,
        "{}",
        ran.stderr
    );
    let ran = run(folder.path(), &["geoparse", "a.txt", "-v", "-o", "out.csv"]);
    assert!(ran.code == 0 && ran.stderr.contains("dateline: info: "), "{}", ran.stderr);
    assert_eq!(run(folder.path(), &["-q", "-v", "geoparse", "a.txt"]).code, 2);
}

#[test]
fn colours_are_left_out_where_nobody_wants_them() {
    let folder = folder(&[]);
    let help = |variables: &[(&str, &str)]| {
        let mut command = program(folder.path());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM"] {
            command.env_remove(name);
        }
        let output = command.arg("--help").envs(variables.iter().copied()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(help(&[("CLICOLOR_FORCE", "1")]).contains('\x1b'));
    assert!(!help(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).contains('\x1b'));
    assert!(!help(&[]).contains('\x1b'));
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_leaves_no_half_written_file() {
    interrupt("out.csv");
    interrupt("out.gpkg");
}

#[cfg(unix)]
fn interrupt(name: &str) {
    use std::io::Write;
    use std::process::Stdio;

    let folder = folder(&[(name, b"before")]);
    let aside = folder.path().join(".home");
    fs::create_dir(&aside).unwrap();
    let program = program(folder.path());
    // Started beside another program, as test runners are, it would leave Ctrl-C switched off.
    let mut command = Command::new("env");
    command.arg("--default-signal=INT").arg(program.get_program()).current_dir(folder.path());
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let mut child = command
        .args(["geoparse", "-", "-o", name])
        .env("TMPDIR", &aside)
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Standard input stays open: whoever reads it waits.
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"{\"id\":\"a\",\"text\":\"Rain in Cairo.\"}\n").unwrap();
    let names = || {
        let names =
            fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name != ".home").collect::<Vec<_>>()
    };
    while names().len() < 2 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was interrupted");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    drop(stdin);
    assert_eq!(names(), [name]);
    assert_eq!(fs::read(folder.path().join(name)).unwrap(), b"before");
    assert_eq!(fs::read_dir(&aside).unwrap().count(), 0);
}

/// A table is exact in a file, and harmless on a terminal.
#[cfg(target_os = "linux")]
#[test]
fn results_on_a_terminal_are_harmless() {
    let line = r#"{"id":"a","text":"Rain in Cairo \u001b]0;owned\u0007 today.","title":"\u202ered"}"#;
    let folder = folder(&[("a.jsonl", line.as_bytes())]);
    let args = ["geoparse", "a.jsonl", "--format", "csv"];
    assert!(run(folder.path(), &args).stdout.contains("\u{202e}red"));
    let program = program(folder.path());
    let mut terminal = Command::new("script");
    terminal.args(["-q", "-e", "-c"]).arg(format!(
        "'{}' {}",
        program.get_program().display(),
        args.join(" ")
    ));
    terminal.arg("/dev/null").current_dir(folder.path()).stdin(std::process::Stdio::null());
    terminal.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let Ok(output) = terminal.output() else {
        eprintln!("script is not installed: there is no terminal to print to");
        return;
    };
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("\\u{202e}red") && !said.contains('\x1b') && !said.contains('\x07'), "{said:?}");
}
