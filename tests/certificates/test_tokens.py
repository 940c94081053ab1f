"""Keys at rest and numbers on paper."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from certificates import envelope, tokens

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DID = "did:web:localhost%3A8000:p:0123456789abcdef"
METHOD = f"{DID}#z6MkKey"

# --- keys at rest --------------------------------------------------------------------------------------------------

KEK = base64.urlsafe_b64encode(bytes(32)).decode()
OTHER_KEK = base64.urlsafe_b64encode(bytes([1]) * 32).decode()


def test_a_wrapped_key_comes_back():
    vault, secret = envelope.LocalVault(KEK), KEY.private_bytes_raw()
    wrapped = vault.wrap(secret, owner=METHOD)
    assert secret not in wrapped
    assert vault.unwrap(wrapped, owner=METHOD) == secret
    assert vault.wrap(secret, owner=METHOD) != wrapped  # a nonce of its own each time
    assert envelope.LocalVault(OTHER_KEK, KEK).unwrap(wrapped, owner=METHOD) == secret


def test_a_moved_or_changed_key_does_not_come_back():
    wrapped = envelope.LocalVault(KEK).wrap(KEY.private_bytes_raw(), owner=METHOD)
    broken = wrapped[:-1] + bytes([wrapped[-1] ^ 1])
    attempts = ((wrapped, KEK, DID), (wrapped, OTHER_KEK, METHOD), (broken, KEK, METHOD))
    for content, kek, owner in attempts:
        with pytest.raises(envelope.CannotUnwrap, match="KEY_ENCRYPTION_KEY"):
            envelope.LocalVault(kek).unwrap(content, owner=owner)


# --- numbers on paper ----------------------------------------------------------------------------------------------

numbers = st.text(alphabet=tokens.ALPHABET, min_size=16, max_size=16)


@given(numbers, st.sampled_from(["-", " ", " - ", "–", "\u00a0", "\n", ""]), st.booleans())
def test_a_number_is_read_however_it_is_typed(token, between, small):
    typed = between.join(tokens.grouped(token).split("-"))
    assert tokens.read_token(f" {typed.lower() if small else typed} ") == token


@given(numbers, st.randoms(use_true_random=False))
def test_look_alikes_are_what_they_look_like(token, dice):
    looks = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}
    typed = "".join(dice.choice(looks.get(letter, letter)) for letter in token)
    assert tokens.read_token(typed) == token


@given(st.text(max_size=40))
def test_anything_else_is_no_number(text):
    read = tokens.read_token(text)
    assert read == "" or (len(read) in (16, 17) and set(read) <= set(tokens.ALPHABET))


@pytest.mark.parametrize(
    "typed", ["", "7KQ4", "7KQ4-M2RD-9XVH-3T8", "7KQ4-M2RD-9XVH-3T8*", "Ä" * 16]
)
def test_too_few_or_foreign_characters_are_no_number(typed):
    assert tokens.read_token(typed) == ""


def test_new_numbers_are_grouped_and_differ():
    made = {tokens.new_token() for _ in range(100)}
    assert len({tokens.read_token(tokens.grouped(token)) for token in made}) == 100
