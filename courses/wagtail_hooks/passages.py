"""Marking the language of a passage in the editor: `<span lang="en">`, from right to left where it is written so."""

from typing import Any

from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature

from courses.blocks import FROM_RIGHT, PASSAGES


@hooks.register("register_rich_text_features")
def mark_passages(features: Any) -> None:
    for code, name in PASSAGES.items():
        feature, style = f"lang-{code}", f"LANG-{code.upper()}"
        button = {"type": style, "label": code.upper(), "description": name}
        features.register_editor_plugin("draftail", feature, InlineStyleFeature(button))
        features.register_converter_rule(
            "contentstate",
            feature,
            {
                "from_database_format": {
                    f'span[lang="{code}"]': InlineStyleElementHandler(style),
                },
                "to_database_format": {
                    "style_map": {style: {"element": "span", "props": _props(code)}}
                },
            },
        )


def _props(code: str) -> dict[str, str]:
    return {"lang": code, "dir": "rtl"} if code in FROM_RIGHT else {"lang": code}
