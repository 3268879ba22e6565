//! The same guide for Hugo: its pages as they are, with templates that show the same.

use std::fs;
use std::path::Path;

use betwixt::base::Sources;

const CONFIGURATION: &str =
    "baseURL = \"https://guide.example/\"\ntitle = \"The guide\"\ndisableKinds = [\"taxonomy\", \"term\", \"rss\"]\n";

const BASE: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<title>{{ .Title }} – The guide</title><meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}"></head>
<body><header><nav><a href="/">Home</a> <a href="/signs/">Signs</a></nav></header><main><h1>{{ .Title }}</h1>
{{ block "main" . }}{{ end }}</main></body></html>
"#;

/// Backlinks are gathered once for all pages, as Hugo's users do it.
const BACKLINKS: &str = r#"{{- $m := newScratch -}}{{- range $p := site.RegularPages -}}{{- range .Params.practices -}}
{{- $m.SetInMap "b" . ((index ($m.Get "b" | default dict) . | default slice) | append $p) -}}{{- end -}}{{- end -}}
{{- return ($m.Get "b") -}}"#;

const PAGE: &str = r#"{{ define "main" }}{{ .TableOfContents }}
{{ .Content }}
<ul>{{ range .Params.practices }}{{ with site.GetPage (printf "/practices/%s" .) }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}{{ end }}</ul>
<ul>{{ range index (partialCached "backlinks.html" . "all") .File.ContentBaseName }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}
"#;

const LIST: &str = r#"{{ define "main" }}{{ .Content }}
<ul>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
"#;

const LINK: &str = r#"{{- $to := .Destination -}}{{- with .PageInner.GetPage $to }}{{ $to = .RelPermalink }}{{ end -}}
<a href="{{ $to }}">{{ .Text }}</a>{{- /**/ -}}"#;

/// Writes the pages of `sources` into `folder` as a site of Hugo's.
pub fn lay_out(folder: &Path, sources: &Sources) {
    let put = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("folders");
        fs::write(path, text).expect("written");
    };
    put("hugo.toml", CONFIGURATION);
    put("layouts/baseof.html", BASE);
    put("layouts/_partials/backlinks.html", BACKLINKS);
    put("layouts/page.html", PAGE);
    put("layouts/section.html", LIST);
    put("layouts/home.html", LIST);
    put("layouts/_markup/render-link.html", LINK);
    for (path, source) in sources.below("content") {
        let text = source.as_text().expect("it was made from text");
        put(path.as_str(), &text.replacen("\norder:", "\nweight:", 1));
    }
}
