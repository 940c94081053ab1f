from django.urls import include, path
from wagtail.admin import urls

from project.urls import urlpatterns as ours

urlpatterns = [*ours, path("cms/", include(urls))]
