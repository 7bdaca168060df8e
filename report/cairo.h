#pragma once

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <pango/pangocairo.h>

#include "core/lazy_library.h"

namespace lacquer {

// Cairo and Pango, opened when something is drawn.
inline constexpr const char* kNoPango = "install Pango and Cairo, which draw the charts";
inline constinit const LazyLibrary libcairo("libcairo.so.2", kNoPango);
inline constinit const LazyLibrary libpango("libpango-1.0.so.0", kNoPango);
inline constinit const LazyLibrary libpangocairo("libpangocairo-1.0.so.0", kNoPango);
inline constinit const LazyLibrary libgobject("libgobject-2.0.so.0", kNoPango);

LACQUER_LAZY(libcairo, cairo_arc);
LACQUER_LAZY(libcairo, cairo_close_path);
LACQUER_LAZY(libcairo, cairo_create);
LACQUER_LAZY(libcairo, cairo_destroy);
LACQUER_LAZY(libcairo, cairo_fill);
LACQUER_LAZY(libcairo, cairo_font_options_create);
LACQUER_LAZY(libcairo, cairo_font_options_destroy);
LACQUER_LAZY(libcairo, cairo_font_options_set_antialias);
LACQUER_LAZY(libcairo, cairo_font_options_set_hint_metrics);
LACQUER_LAZY(libcairo, cairo_font_options_set_hint_style);
LACQUER_LAZY(libcairo, cairo_image_surface_create);
LACQUER_LAZY(libcairo, cairo_line_to);
LACQUER_LAZY(libcairo, cairo_move_to);
LACQUER_LAZY(libcairo, cairo_new_path);
LACQUER_LAZY(libcairo, cairo_pdf_surface_add_outline);
LACQUER_LAZY(libcairo, cairo_pdf_surface_create_for_stream);
LACQUER_LAZY(libcairo, cairo_pdf_surface_set_metadata);
LACQUER_LAZY(libcairo, cairo_rectangle);
LACQUER_LAZY(libcairo, cairo_restore);
LACQUER_LAZY(libcairo, cairo_save);
LACQUER_LAZY(libcairo, cairo_scale);
LACQUER_LAZY(libcairo, cairo_set_dash);
LACQUER_LAZY(libcairo, cairo_set_font_options);
LACQUER_LAZY(libcairo, cairo_set_line_cap);
LACQUER_LAZY(libcairo, cairo_set_line_join);
LACQUER_LAZY(libcairo, cairo_set_line_width);
LACQUER_LAZY(libcairo, cairo_set_source_rgb);
LACQUER_LAZY(libcairo, cairo_show_page);
LACQUER_LAZY(libcairo, cairo_status);
LACQUER_LAZY(libcairo, cairo_stroke);
LACQUER_LAZY(libcairo, cairo_surface_destroy);
LACQUER_LAZY(libcairo, cairo_surface_finish);
LACQUER_LAZY(libcairo, cairo_surface_set_device_scale);
LACQUER_LAZY(libcairo, cairo_surface_status);
LACQUER_LAZY(libcairo, cairo_surface_write_to_png_stream);
LACQUER_LAZY(libcairo, cairo_svg_surface_create_for_stream);
LACQUER_LAZY(libcairo, cairo_tag_begin);
LACQUER_LAZY(libcairo, cairo_tag_end);
LACQUER_LAZY(libcairo, cairo_translate);
LACQUER_LAZY(libgobject, g_object_unref);
LACQUER_LAZY(libpangocairo, pango_cairo_create_layout);
LACQUER_LAZY(libpangocairo, pango_cairo_show_layout);
LACQUER_LAZY(libpango, pango_context_set_round_glyph_positions);
LACQUER_LAZY(libpango, pango_font_description_free);
LACQUER_LAZY(libpango, pango_font_description_new);
LACQUER_LAZY(libpango, pango_font_description_set_absolute_size);
LACQUER_LAZY(libpango, pango_font_description_set_family);
LACQUER_LAZY(libpango, pango_font_description_set_weight);
LACQUER_LAZY(libpango, pango_layout_get_baseline);
LACQUER_LAZY(libpango, pango_layout_get_context);
LACQUER_LAZY(libpango, pango_layout_get_extents);
LACQUER_LAZY(libpango, pango_layout_set_font_description);
LACQUER_LAZY(libpango, pango_layout_set_single_paragraph_mode);
LACQUER_LAZY(libpango, pango_layout_set_text);

}  // namespace lacquer
