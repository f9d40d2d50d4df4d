"""The fragments become one template, or an error that names what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra.build import PROJECT
from infra.template import Template, TemplateError, load_fragment, merge_fragments

if TYPE_CHECKING:
    from pathlib import Path


def merge(folder: Path, **fragments: str) -> Template:
    for name, text in fragments.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return merge_fragments(sorted(folder.glob("*.yaml")), folder)


def test_sections_of_several_fragments_become_one_template(tmp_path: Path) -> None:
    template = merge(
        tmp_path,
        a="Resources: {Table: {Type: T}}\nParameters: {Stage: {Type: String}}",
        b="Resources: {Bus: {Type: B}}",
    )

    assert template == {
        "Resources": {"Table": {"Type": "T"}, "Bus": {"Type": "B"}},
        "Parameters": {"Stage": {"Type": "String"}},
    }


def test_a_name_in_two_fragments_is_an_error_that_names_both(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"Resources\.Table is defined in a\.yaml and in b\.yaml"):
        merge(tmp_path, a="Resources: {Table: {Type: A}}", b="Resources: {Table: {Type: A}}")


def test_globals_are_merged_to_the_bottom(tmp_path: Path) -> None:
    template = merge(
        tmp_path,
        a="Globals: {Function: {Environment: {Variables: {TABLE: !Ref Table}}}}",
        b="Globals: {Function: {Environment: {Variables: {BUS: !Ref Bus}}, Timeout: 10}}",
    )

    assert template["Globals"]["Function"] == {
        "Environment": {"Variables": {"TABLE": {"Ref": "Table"}, "BUS": {"Ref": "Bus"}}},
        "Timeout": 10,
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [("{Function: {Timeout: 1}}", "{Function: {Timeout: 2}}"), ("{Function: {Timeout: 1}}", "{Function: 5}")],
)
def test_globals_that_disagree_are_an_error(tmp_path: Path, first: str, second: str) -> None:
    with pytest.raises(TemplateError, match=r"Globals\.Function.* is defined in a\.yaml and in b\.yaml"):
        merge(tmp_path, a=f"Globals: {first}", b=f"Globals: {second}")


def test_a_scalar_section_belongs_to_one_fragment(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"Description is defined in a\.yaml and in b\.yaml"):
        merge(tmp_path, a="Description: one", b="Description: two")


def test_a_key_twice_in_one_fragment_is_an_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"(?s)a\.yaml.*'Table' stands twice.*line 2"):
        merge(tmp_path, a="Resources:\n  Table: {Type: A}\n  Table: {Type: B}\n")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("!Ref Table", {"Ref": "Table"}),
        ("!GetAtt Table.Arn", {"Fn::GetAtt": ["Table", "Arn"]}),
        ("!GetAtt Nested.Outputs.Arn", {"Fn::GetAtt": ["Nested", "Outputs.Arn"]}),
        ("!GetAtt [Table, Arn]", {"Fn::GetAtt": ["Table", "Arn"]}),
        ('!Sub "${Table}/*"', {"Fn::Sub": "${Table}/*"}),
        ('!Sub ["${A}", {A: !Ref B}]', {"Fn::Sub": ["${A}", {"A": {"Ref": "B"}}]}),
        ("!If [Capped, !Ref Cap, none]", {"Fn::If": ["Capped", {"Ref": "Cap"}, "none"]}),
        ("!Not [!Equals [!Ref Stage, local]]", {"Fn::Not": [{"Fn::Equals": [{"Ref": "Stage"}, "local"]}]}),
        ("!Condition Capped", {"Condition": "Capped"}),
        ('!Join ["", [a, !Ref B]]', {"Fn::Join": ["", ["a", {"Ref": "B"}]]}),
    ],
)
def test_intrinsics_come_out_in_their_long_form(tmp_path: Path, short: str, long: object) -> None:
    assert merge(tmp_path, a=f"Outputs: {{Value: {short}}}")["Outputs"]["Value"] == long


@pytest.mark.parametrize(
    ("written", "meant"), [("2012-10-17", "2012-10-17"), ("on", "on"), ("no", "no"), ("true", True), ("3", 3)]
)
def test_only_true_and_false_are_booleans_and_nothing_is_a_date(
    tmp_path: Path, written: str, meant: object
) -> None:
    assert merge(tmp_path, a=f"Outputs: {{Value: {written}}}")["Outputs"]["Value"] == meant


def test_a_state_machine_is_embedded_as_an_object(tmp_path: Path) -> None:
    (tmp_path / "machine.asl.json").write_text('{"StartAt": "Wait"}')

    template = merge(
        tmp_path,
        a="Resources: {Machine: {Properties: {DefinitionFile: machine.asl.json, RoleArn: !Ref Role}}}",
    )

    assert template["Resources"]["Machine"]["Properties"] == {
        "Definition": {"StartAt": "Wait"},
        "RoleArn": {"Ref": "Role"},
    }


@pytest.mark.parametrize("content", [None, "{not json"])
def test_a_state_machine_that_cannot_be_read_is_an_error(tmp_path: Path, content: str | None) -> None:
    if content:
        (tmp_path / "machine.asl.json").write_text(content)

    with pytest.raises(TemplateError, match=r"machine\.asl\.json"):
        merge(tmp_path, a="Resources: {Machine: {DefinitionFile: machine.asl.json}}")


@pytest.mark.parametrize("text", ["- a list", "just text", "Resources: !Nonsense x", "a: [unclosed"])
def test_what_is_no_fragment_is_an_error_that_names_the_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(TemplateError, match=r"a\.yaml"):
        merge(tmp_path, a=text)


def test_an_empty_fragment_is_no_error(tmp_path: Path) -> None:
    assert merge(tmp_path, a="# nothing yet") == {}


def test_the_fragments_of_this_repository_make_one_template() -> None:
    paths = sorted((PROJECT / "infra").glob("*.yaml"))

    template = merge_fragments(paths, PROJECT)

    assert template["Resources"].keys() >= {
        name for path in paths for name in load_fragment(path).get("Resources", {})
    }
