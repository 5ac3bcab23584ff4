use rstest::rstest;

use super::*;

/// The text without styles.
fn bare(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

const TEXT: &str = "tool|pack|description\n\
                    icu_get_gear_list|gear|LIST bikes and shoes with their parts and what they did\n\
                    icu_x|sport-settings|長い説明は幅が二倍です\n(2)\n";

#[test]
fn columns_are_aligned() {
    let text = "name: a|b\nzones:\n  zone|time\n  Z1|0:10:00\n  SweetSpot|\n(3)\n";
    let aligned = "name: a|b\nzones:\n  zone       time\n  Z1         0:10:00\n  SweetSpot\n(3)\n";
    assert_eq!(bare(&align(text)), aligned);
}

#[test]
fn the_header_is_bold_and_a_row_is_not() {
    let aligned = align(TEXT);
    let lines: Vec<_> = aligned.lines().collect();
    assert!(lines[0].starts_with("\u{1b}[1mtool") && lines[0].ends_with("\u{1b}[0m"), "{lines:?}");
    assert!(!lines[1].contains('\u{1b}') && !lines[3].contains('\u{1b}'), "{lines:?}");
}

#[test]
fn the_last_column_is_wrapped() {
    let fitted = "tool               pack            description\n\
                  icu_get_gear_list  gear            LIST bikes and shoes with\n\
                  \x20                                  their parts and what they\n\
                  \x20                                  did\n\
                  icu_x              sport-settings  長い説明は幅が二倍です\n(2)\n";
    assert_eq!(bare(&fit(TEXT, Some(60))), fitted);
}

#[test]
fn the_last_column_goes_below_its_row_if_there_is_no_room_next_to_it() {
    let fitted = "tool               pack\n    description\n\
                  icu_get_gear_list  gear\n    LIST bikes and shoes with their\n    parts and what they did\n\
                  icu_x              sport-settings\n    長い説明は幅が二倍です\n(2)\n";
    assert_eq!(bare(&fit(TEXT, Some(40))), fitted);
}

#[rstest]
fn no_line_is_wider_than_the_terminal_and_a_cut_cell_is_marked(
    #[values(14, 20, 26, 31, 40, 57, 58, 59, 60, 61, 79, 92, 93, 200)] width: usize,
) {
    let fitted = bare(&fit(TEXT, Some(width)));
    for line in fitted.lines() {
        assert!(line.width() <= width, "{width}: {line}");
    }
    let whole = |word: &str| fitted.contains(word);
    for word in ["icu_get_gear_list", "sport-settings"] {
        assert!(whole(word) || fitted.contains('…'), "{word} at {width}: {fitted}");
    }
    for word in ["LIST", "bikes", "parts", "did"] {
        assert!(whole(word), "{word} at {width}: {fitted}");
    }
}

#[test]
fn a_wide_character_is_never_split() {
    assert_eq!(wrap("長い説明", 3), ["長", "い", "説", "明"]);
    assert_eq!(cut("長い説明", 5), "長い…");
    assert_eq!(wrap("長", 1), ["長"]);
    assert_eq!(cut("ab", 0), "a…");
}

#[test]
fn control_characters_in_a_cell_are_replaced() {
    assert_eq!(bare(&align("name|x\n\u{1b}[2Jride|1\n")), "name      x\n\u{fffd}[2Jride  1\n");
}
