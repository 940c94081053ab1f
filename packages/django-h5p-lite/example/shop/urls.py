from django.contrib import admin
from django.urls import include, path

urlpatterns = [path("admin/", admin.site.urls), path("h5p/", include("h5p_lite.urls"))]
