from django.urls import path

from providers import views

app_name = "providers"
urlpatterns = [
    path("anbieter/", views.provider_list, name="list"),
    path("anbieter/<slug:slug>/", views.provider, name="provider"),
]
