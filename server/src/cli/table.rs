//! Tables for people: an answer's columns, padded so that they stand under each other.

/// The text with the cells of its tables padded. A model reads the same table without the padding, which would cost it context.
pub fn align(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut table: Vec<&str> = vec![];
    for line in text.lines() {
        if line.contains('|') {
            table.push(line);
        } else {
            flush(&mut out, &mut table);
            out.push_str(line);
            out.push('\n');
        }
    }
    flush(&mut out, &mut table);
    out
}

/// Writes the lines gathered so far; one alone is no table.
fn flush(out: &mut String, table: &mut Vec<&str>) {
    let rows: Vec<Vec<&str>> = table.iter().map(|line| line.split('|').map(str::trim).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let wide = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<_> = (0..columns).map(|column| wide(column).unwrap_or_default()).collect();
    for (line, row) in table.iter().zip(&rows) {
        if rows.len() < 2 {
            out.push_str(line);
        } else {
            let indent = line.len() - line.trim_start().len();
            out.push_str(&" ".repeat(indent));
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        }
        out.push('\n');
    }
    table.clear();
}

#[cfg(test)]
mod tests {
    use super::align;

    #[test]
    fn columns_stand_under_each_other() {
        let text = "name: a|b\nzones:\n  zone|time\n  Z1|0:10:00\n  SweetSpot|\n(3)\n";
        let aligned = "name: a|b\nzones:\n  zone       time\n  Z1         0:10:00\n  SweetSpot\n(3)\n";
        assert_eq!(align(text), aligned);
    }
}
