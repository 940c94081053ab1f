from accounts.forms.own import CloseForm, NameForm, SettingsForm, clean_name

__all__ = ["CloseForm", "NameForm", "SettingsForm", "clean_name"]
