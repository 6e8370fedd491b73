//! What is packed with the program, held against the program and against the tools of the desktop.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{folder, run};

fn packaging(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/packaging").join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(packaging(name)).unwrap()
}

#[test]
fn a_project_is_known_by_its_first_bytes() {
    let folder = folder(&[("a.txt", b"Rain in Cairo.")]);
    assert_eq!(run(folder.path(), &["project", "new", "a.dateline", "a.txt"]).code, 0);
    let bytes = fs::read(folder.path().join("a.dateline")).unwrap();
    let types = text("dateline.xml");
    for (offset, value) in [(0, "SQLite format 3\\0"), (68, "Date")] {
        assert!(types.contains(&format!("offset=\"{offset}\" value=\"{value}\"")), "{types}");
        let value = value.replace("\\0", "\0");
        assert_eq!(&bytes[offset..offset + value.len()], value.as_bytes());
    }
}

#[test]
fn every_icon_has_the_size_of_its_folder() {
    let folders = fs::read_dir(packaging("icons/hicolor")).unwrap().map(|folder| folder.unwrap().path());
    let mut sides: Vec<u32> =
        folders.filter_map(|folder| folder.file_name()?.to_str()?.split_once('x')?.0.parse().ok()).collect();
    sides.sort();
    assert_eq!(sides, [16, 22, 24, 32, 48, 64, 128, 256, 512]);
    for side in sides {
        let icon = fs::read(packaging(&format!("icons/hicolor/{side}x{side}/apps/dateline.png"))).unwrap();
        let at = |at: usize| u32::from_be_bytes(icon[at..at + 4].try_into().unwrap());
        assert!(icon.starts_with(b"\x89PNG") && (at(16), at(20)) == (side, side), "{side}");
    }
}

#[test]
fn what_the_menu_and_the_catalogue_say_is_true_of_the_program() {
    let (menu, catalogue, types) =
        (text("dateline.desktop"), text("dateline.metainfo.xml"), text("dateline.xml"));
    for kind in ["application/x-dateline-project", "application/geo+json"] {
        assert!(menu.contains(&format!("{kind};")), "{kind}");
        assert!(catalogue.contains(&format!("<mediatype>{kind}</mediatype>")), "{kind}");
        assert!(types.contains(&format!("type=\"{kind}\"")), "{kind}");
    }
    assert!(menu.contains("\nExec=dateline open %F\n"));
    let version = env!("CARGO_PKG_VERSION");
    assert!(catalogue.contains(&format!("<release version=\"{version}\"")), "no release {version}");
}

#[test]
fn the_tools_of_the_desktop_find_nothing_wrong() {
    let check = |program: &str, args: &[&str], file: &str| match Command::new(program)
        .args(args)
        .arg(packaging(file))
        .output()
    {
        Err(_) => eprintln!("{program} is not installed: {file} is not checked by it"),
        Ok(told) => {
            let said = [told.stdout, told.stderr].concat();
            assert!(told.status.success(), "{program}, {file}: {}", String::from_utf8_lossy(&said));
        }
    };
    check("desktop-file-validate", &[], "dateline.desktop");
    check("appstreamcli", &["validate", "--no-net", "--pedantic"], "dateline.metainfo.xml");
    check("xmllint", &["--noout"], "dateline.xml");
    check("sh", &["-n"], "install.sh");
    check("bash", &["-n"], "build.sh");
}
