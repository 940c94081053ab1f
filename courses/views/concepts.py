"""The office's desk for concepts: what people call things, and which searches lacked one."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import tasks
from courses.actions import keep_concepts
from courses.actions.keep_concepts import ChangedConcept
from courses.forms import ConceptForm, LabelForm, MergeForm
from courses.models import Concept
from courses.queries import concepts as queries
from providers.decorators import needs
from providers.permissions import Right
from words.search import meaningful
from words.search.stops import ALL
from words.spelling import tidy


@require_http_methods(["GET", "POST"])
@needs(Right.CONCEPTS)
def concepts(request: HttpRequest) -> HttpResponse:
    """All concepts; `q` narrows. POST: a new one."""
    form = ConceptForm(request.POST or None, initial={"name": request.GET.get("neu", "")[:60]})
    if request.method == "POST" and form.is_valid():
        changed = keep_concepts.add_concept(
            form.cleaned_data["name"], form.cleaned_data["competence"].code, by=request.user
        )
        return _followed(request, changed, _("Begriff angelegt."))
    q = tidy(request.GET.get("q", ""))[:60]
    context = {
        "q": q,
        "concepts": queries.concepts(q),
        "wishes": queries.wishes(),
        "least": queries.SHOWN_FROM,
        "form": form,
    }
    return render(request, "courses/concepts.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Right.CONCEPTS)
def concept(request: HttpRequest, concept: str) -> HttpResponse:
    """One concept. POST `act`: preview or add (a word), remove (`label`), merge (into another key)."""
    found = queries.concept(concept)
    if not found:
        raise Http404
    if found.merged_into:
        return redirect("courses:concept", found.merged_into.key)
    act = request.POST.get("act", "")
    form = LabelForm(request.POST if act in ("preview", "add") else None)
    merging = MergeForm(request.POST if act == "merge" else None, concept=found)
    if request.method == "POST":
        done = _done(request, found, act, form, merging)
        if done:
            return done
    return _page(request, found, form, merging)


def _done(
    request: HttpRequest, found: Concept, act: str, form: LabelForm, merging: MergeForm
) -> HttpResponse | None:
    """None: the page again, with what was typed."""
    if act == "add" and form.is_valid():
        word = form.cleaned_data
        changed = keep_concepts.add_label(
            found, word["language"], word["kind"], word["text"], by=request.user
        )
        return _followed(request, changed, _("Wort aufgenommen. Die Suche kennt es sofort."))
    if act == "remove" and request.POST.get("label", "").isdecimal():
        label = int(request.POST["label"][:18])
        changed = keep_concepts.remove_label(found, label, by=request.user)
        return _followed(request, changed, _("Wort gestrichen."))
    if act == "merge" and merging.is_valid():
        changed = keep_concepts.merge_concepts(found, merging.cleaned_data["into"], by=request.user)
        return _followed(request, changed, _("Die Begriffe sind jetzt einer."))
    return None


def _followed(request: HttpRequest, changed: ChangedConcept, says: str) -> HttpResponse:
    if changed.lexemes:
        follow = partial(tasks.follow_concepts.delay, changed.lexemes)
        transaction.on_commit(follow, robust=True)
    messages.success(request, says)
    return redirect("courses:concept", changed.concept.key)


def _page(
    request: HttpRequest, found: Concept, form: LabelForm, merging: MergeForm
) -> HttpResponse:
    labels = queries.labels_of(found)
    name = next((each.text for each in labels.get("de", [])), found.key)
    context: dict[str, Any] = {
        "concept": found,
        "name": name,
        "languages": [
            (code, labels[code]) for code in sorted(labels, key=lambda c: (c != "de", c))
        ],
        "form": form,
        "merging": merging,
        "previewed": None,
    }
    if form.is_bound and form.is_valid():
        words = [said.word for said in meaningful(form.cleaned_data["text"], ALL)]
        context["previewed"] = form.cleaned_data["text"]
        context["courses"] = queries.courses_saying(words)
    wrong = form.errors or merging.errors
    return render(request, "courses/concept.html", context, status=400 if wrong else 200)
