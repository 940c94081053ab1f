from accounts.forms.cards import CardForm, CompanionForm
from accounts.forms.own import CloseForm, NameForm, SettingsForm, clean_name

__all__ = ["CardForm", "CloseForm", "CompanionForm", "NameForm", "SettingsForm", "clean_name"]
