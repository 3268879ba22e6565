use super::*;

/// The name of the starter that these lines choose, and what was asked.
fn chosen(lines: &str) -> (Option<&'static str>, String) {
    let mut asked = Vec::new();
    let starter = choose(&mut lines.as_bytes(), &mut asked).expect("memory can be read and written");
    (starter.map(|starter| starter.name), String::from_utf8(asked).expect("questions are text"))
}

const QUESTION: &str = "\
What kind of guide will it be?
  1  plain   Any guide: short pages on topics, and a list from A to Z
  2  couple  For two people: signs, practices, and a checklist that both tick
  3  repair  For the owner of a machine: symptoms, repairs, and a checklist
Type a number or a name: ";

#[test]
fn a_number_or_a_name_chooses() {
    for (lines, name) in
        [("1\n", "plain"), ("2\n", "couple"), (" 3 \r\n", "repair"), ("Repair\n", "repair"), ("2", "couple")]
    {
        assert_eq!(chosen(lines), (Some(name), QUESTION.to_owned()), "{lines:?}");
    }
}

#[test]
fn a_wrong_answer_is_asked_again_and_the_end_chooses_nothing() {
    let again = "That is none of these. Type a number or a name: ";
    assert_eq!(chosen("\n4\n0\n-1\nplane\n3\n1\n"), (Some("repair"), format!("{QUESTION}{}", again.repeat(5))));
    assert_eq!(chosen(""), (None, format!("{QUESTION}\n")));
    assert_eq!(chosen("plane\n"), (None, format!("{QUESTION}{again}\n")));
}
