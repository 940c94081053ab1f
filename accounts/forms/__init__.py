from accounts.forms.cards import CardForm
from accounts.forms.own import CloseForm, NameForm, SettingsForm, clean_name

__all__ = ["CardForm", "CloseForm", "NameForm", "SettingsForm", "clean_name"]
