#include "report/canvas.h"

#include "core/error.h"
#include "report/cairo.h"
#include "report/svg.h"
#include "report/utf8.h"

namespace lacquer {
namespace {

struct Free {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
template <typename T>
using Handle = std::unique_ptr<T, Free>;

cairo_status_t append_bytes(void* text, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

Handle<PangoLayout> layout_text(cairo_t* cairo, std::string_view utf8, const LetterStyle& style) {
  Handle<PangoLayout> layout(pango_cairo_create_layout(cairo));
  pango_context_set_round_glyph_positions(pango_layout_get_context(layout.get()), FALSE);
  Handle<PangoFontDescription> font(pango_font_description_new());
  pango_font_description_set_family(font.get(), "Inter,sans-serif");
  pango_font_description_set_absolute_size(font.get(), style.size_pt * PANGO_SCALE);
  pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  const std::string clean = page_text(utf8);
  pango_layout_set_text(layout.get(), clean.c_str(), static_cast<int>(clean.size()));
  return layout;
}

// Letters are placed where the outlines are, not where one screen's pixels would like them.
void use_exact_letters(cairo_t* cairo) {
  Handle<cairo_font_options_t> options(cairo_font_options_create());
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options(cairo, options.get());
}

void draw_on(cairo_surface_t* surface, double width_pt, double height_pt, const Theme& theme,
             const std::vector<Draw>& pages) {
  Handle<cairo_t> cairo(cairo_create(surface));
  use_exact_letters(cairo.get());
  for (const Draw& draw : pages) {
    Canvas canvas(cairo.get(), width_pt, height_pt, theme);
    draw(canvas);
    cairo_show_page(cairo.get());
  }
  cairo_surface_finish(surface);
  if (cairo_status(cairo.get()) != CAIRO_STATUS_SUCCESS ||
      cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
    throw Error("the chart could not be drawn; free some memory and try again");
  }
}

}  // namespace

bool overlap(const Box& a, const Box& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

Canvas::Canvas(cairo_t* cairo, double width_pt, double height_pt, const Theme& theme)
    : cairo_(cairo), width_(width_pt), height_(height_pt), theme_(theme) {
  cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_BUTT);
}

void Canvas::use(Ink ink) {
  const Rgb c = theme_[ink];
  cairo_set_source_rgb(cairo_, c.red / 255.0, c.green / 255.0, c.blue / 255.0);
}

void Canvas::trace(const std::vector<Point>& points) {
  cairo_new_path(cairo_);
  for (const Point& p : points) cairo_line_to(cairo_, p.x, p.y);
}

void Canvas::line(Point from, Point to, const LineStyle& style) { polyline({from, to}, style); }

void Canvas::polyline(const std::vector<Point>& points, const LineStyle& style) {
  if (points.size() < 2) return;
  trace(points);
  use(style.ink);
  cairo_set_line_width(cairo_, style.width_pt);
  cairo_set_dash(cairo_, style.dash.data(), static_cast<int>(style.dash.size()), 0.0);
  cairo_stroke(cairo_);
}

void Canvas::fill(const std::vector<Point>& polygon, Ink ink) {
  if (polygon.size() < 3) return;
  trace(polygon);
  cairo_close_path(cairo_);
  use(ink);
  cairo_fill(cairo_);
}

void Canvas::fill_rect(double x, double y, double width, double height, Ink ink) {
  cairo_rectangle(cairo_, x, y, width, height);
  use(ink);
  cairo_fill(cairo_);
}

void Canvas::disc(Point centre, double radius, Ink ink) {
  cairo_new_path(cairo_);
  cairo_arc(cairo_, centre.x, centre.y, radius, 0.0, 6.283185307179586);
  use(ink);
  cairo_fill(cairo_);
}

void Canvas::text(Point baseline, std::string_view utf8, const LetterStyle& style) {
  const auto layout = layout_text(cairo_, utf8, style);
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  const double width = static_cast<double>(logical.width) / PANGO_SCALE;
  const double rise = static_cast<double>(pango_layout_get_baseline(layout.get())) / PANGO_SCALE;
  const double shift = style.align == Align::kLeft     ? 0.0
                       : style.align == Align::kCentre ? width / 2.0
                                                       : width;
  texts_.push_back(box_of(baseline, utf8, style));
  use(style.ink);
  cairo_move_to(cairo_, baseline.x - shift, baseline.y - rise);
  pango_cairo_show_layout(cairo_, layout.get());
  cairo_new_path(cairo_);
}

// Capitals and figures of a grotesque rise about 0.73 of its size, tails fall about 0.21.
Box Canvas::box_of(Point baseline, std::string_view utf8, const LetterStyle& style) const {
  const double width = text_width(utf8, style);
  const double left = baseline.x - (style.align == Align::kLeft     ? 0.0
                                    : style.align == Align::kCentre ? width / 2.0
                                                                    : width);
  return {left, baseline.y - 0.75 * style.size_pt, left + width, baseline.y + 0.22 * style.size_pt};
}

bool Canvas::text_if_free(Point baseline, std::string_view utf8, const LetterStyle& style, double gap_pt) {
  Box wanted = box_of(baseline, utf8, style);
  if (wanted.left < 0.0 || wanted.right > width_ || wanted.top < 0.0 || wanted.bottom > height_) return false;
  wanted.left -= gap_pt;
  wanted.right += gap_pt;
  for (const Box& taken : texts_) {
    if (overlap(wanted, taken)) return false;
  }
  text(baseline, utf8, style);
  return true;
}

double Canvas::text_width(std::string_view utf8, const LetterStyle& style) const {
  const auto layout = layout_text(cairo_, utf8, style);
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  return static_cast<double>(logical.width) / PANGO_SCALE;
}

void Canvas::element(const char* kind, const std::function<void()>& draw) {
  cairo_tag_begin(cairo_, kind, "");
  draw();
  cairo_tag_end(cairo_, kind);
}

void Canvas::inset(Point top_left, double width_pt, double height_pt,
                   const std::function<void(Canvas&)>& draw, double scale) {
  cairo_save(cairo_);
  cairo_translate(cairo_, top_left.x, top_left.y);
  cairo_scale(cairo_, scale, scale);
  Canvas part(cairo_, width_pt, height_pt, theme_);
  draw(part);
  cairo_restore(cairo_);
  for (const Box& box : part.texts_)
    texts_.push_back({scale * box.left + top_left.x, scale * box.top + top_left.y,
                      scale * box.right + top_left.x, scale * box.bottom + top_left.y});
}

std::string Canvas::fitted(std::string_view utf8, double width, const LetterStyle& style) const {
  std::string text = page_text(utf8.substr(0, 1000));
  if (text_width(text, style) <= width) return text;
  std::vector<std::size_t> ends{0};  // of whole characters
  for (std::size_t i = 1; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ends.push_back(i);
  const auto shortened = [&](std::size_t end) { return text.substr(0, end) + "\u2026"; };
  const auto too_long = std::partition_point(ends.begin() + 1, ends.end(), [&](std::size_t end) {
    return text_width(shortened(end), style) <= width;
  });
  return shortened(*(too_long - 1));
}

std::string to_svg(double width_pt, double height_pt, std::string_view id_prefix, const Draw& draw) {
  std::string bytes;
  Handle<cairo_surface_t> surface(
      cairo_svg_surface_create_for_stream(append_bytes, &bytes, width_pt, height_pt));
  draw_on(surface.get(), width_pt, height_pt, light_theme(), {draw});
  return renumber_svg_ids(bytes, id_prefix);
}

std::string to_pdf(double width_pt, double height_pt, const Draw& draw) {
  return to_pdf_pages(width_pt, height_pt, {draw}, {});
}

std::string to_pdf_pages(double width_pt, double height_pt, const std::vector<Draw>& pages,
                         const PdfInfo& info) {
  std::string bytes;
  Handle<cairo_surface_t> surface(
      cairo_pdf_surface_create_for_stream(append_bytes, &bytes, width_pt, height_pt));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  if (!info.title.empty()) {
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, info.title.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_SUBJECT, info.subject.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_AUTHOR, "Lacquer");
  }
  for (const PdfBookmark& bookmark : info.bookmarks) {
    const std::string to = "page=" + std::to_string(bookmark.page) + " pos=[0 " +
                           std::to_string(static_cast<int>(bookmark.top_pt)) + "]";
    cairo_pdf_surface_add_outline(surface.get(), CAIRO_PDF_OUTLINE_ROOT, bookmark.title.c_str(), to.c_str(),
                                  static_cast<cairo_pdf_outline_flags_t>(0));
  }
  draw_on(surface.get(), width_pt, height_pt, light_theme(), pages);
  return bytes;
}

void to_measure(const Draw& draw) {
  Handle<cairo_surface_t> surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1));
  Handle<cairo_t> cairo(cairo_create(surface.get()));
  use_exact_letters(cairo.get());
  Canvas canvas(cairo.get(), 1.0, 1.0, light_theme());
  draw(canvas);
}

std::string to_png(double width_pt, double height_pt, double pixels_per_pt, const Draw& draw,
                   const Theme& theme) {
  const auto pixels = [&](double points) { return static_cast<int>(std::ceil(points * pixels_per_pt)); };
  Handle<cairo_surface_t> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels(width_pt), pixels(height_pt)));
  cairo_surface_set_device_scale(surface.get(), pixels_per_pt, pixels_per_pt);
  std::string bytes;
  {
    Handle<cairo_t> cairo(cairo_create(surface.get()));
    use_exact_letters(cairo.get());
    Canvas canvas(cairo.get(), width_pt, height_pt, theme);
    canvas.fill_rect(0.0, 0.0, width_pt, height_pt, Ink::kPaper);
    draw(canvas);
  }
  if (cairo_surface_write_to_png_stream(surface.get(), append_bytes, &bytes) != CAIRO_STATUS_SUCCESS) {
    throw Error("the chart could not be drawn; free some memory and try again");
  }
  return bytes;
}

}  // namespace lacquer
