#include "report/html_parts.h"
#include "report/palette.h"

namespace lacquer::html {
namespace {

std::string properties(const Theme& theme) {
  std::string text;
  for (std::size_t i = 0; i < kInkCount; ++i) {
    const auto ink = static_cast<Ink>(i);
    text += css_name(ink) + ":" + css_hex(theme[ink]) + ";";
  }
  return text;
}

constexpr std::string_view kRules = R"css(
*{box-sizing:border-box}
html{font-size:clamp(16px,13px + .26vw,26px);-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);
 font:400 1rem/1.55 Inter,"Helvetica Neue",Arial,"Liberation Sans",system-ui,sans-serif;font-feature-settings:"tnum","cv11"}
.page{max-width:70rem;margin:0 auto;padding:0 1.5rem 4rem}
h1,h2,h3,p,dl,dd,ul,ol,figure,table{margin:0;padding:0}
h1,h2,h3{font-weight:600;letter-spacing:-.015em;line-height:1.25;text-wrap:balance}
h1{font-size:1.375rem;overflow-wrap:anywhere}
h2{font-size:1.375rem}
h3{font-size:1.0625rem}
section{margin-top:4rem}
section>h2{margin-bottom:1.5rem;padding-top:1.125rem;border-top:1px solid var(--ink)}
.masthead{display:flex;justify-content:space-between;gap:1rem;padding:1.5rem 0;font-size:.875rem;color:var(--muted)}
.masthead b{color:var(--ink);font-weight:600}
.meta,.note{color:var(--muted);font-size:.9375rem;margin-top:.25rem}
.note{max-width:44rem;margin-top:1rem}
.lead{font-size:clamp(1.5rem,1.1rem + 1.7vw,2.375rem);line-height:1.22;letter-spacing:-.022em;font-weight:500;
 max-width:26em;margin:2.25rem 0 1.75rem;text-wrap:balance;overflow-wrap:anywhere}
.tally{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem 1.75rem}
.tally li{display:flex;align-items:center;gap:.5rem}
.mark{width:1.375em;height:1.375em;flex:none;display:block}
.verdict{display:inline-flex;align-items:center;gap:.5rem;font-weight:600}
.fix .verdict,.verdict.fix{color:var(--warning)}
.n-a .verdict,.verdict.n-a{color:var(--muted)}
.numbers{display:grid;grid-template-columns:repeat(6,auto);justify-content:space-between;gap:1.5rem;margin-top:3rem;
 padding:1.25rem 0;border:solid var(--hairline);border-width:1px 0}
.numbers div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.numbers dt{font-size:.8125rem;line-height:1.35;color:var(--muted);max-width:9.5em}
.numbers dd{font-size:1.75rem;line-height:1.2;font-weight:500;letter-spacing:-.02em;white-space:nowrap;margin-bottom:.25rem}
.numbers small{font-size:.8125rem;font-weight:400;letter-spacing:0;color:var(--muted)}
figure svg.chart{display:block;width:100%;height:auto}
svg.narrow{display:none!important}
figcaption{font-size:.875rem;color:var(--muted);margin-top:.75rem;max-width:46rem}
.stage-name{font-size:.8125rem;font-weight:600;color:var(--muted);letter-spacing:0;margin:2.5rem 0 0}
.item{display:grid;grid-template-columns:2.25rem 6rem minmax(0,1fr) minmax(0,25rem);gap:0 1.25rem;
 padding:1.375rem 0;border-bottom:1px solid var(--hairline);align-items:start}
.item .n{color:var(--muted);text-align:right}
.item h3{margin-bottom:.375rem}
.item p{max-width:34rem}
.item p+p{margin-top:.5rem}
.item b{font-weight:600}
.judgement{display:flex;flex-direction:column;align-items:flex-start}
.sure{font-size:.8125rem;color:var(--muted);padding-left:1.875rem}
.strip{display:block;width:100%;max-width:34rem;height:.625rem;margin:.375rem 0 .625rem}
.strip .song{fill:var(--hairline)}
.strip .part{fill:var(--muted)}
.strip .spot{fill:var(--ink)}
.strip.fix .spot{fill:var(--warning)}
.strip.play .spot{fill:var(--accent)}
.todo{list-style:none;display:grid;gap:.75rem}
.todo li{display:grid;grid-template-columns:6rem minmax(0,1fr);gap:0 1.25rem;align-items:start}
.todo p{max-width:46rem}
a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:1px;font-weight:600}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
details{margin-top:1rem;font-size:.875rem}
summary{color:var(--accent);font-weight:600;cursor:pointer;padding:.25rem 0;max-width:max-content}
.words{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1.25rem 3rem;margin-top:.75rem}
.words .why{color:var(--muted);font-size:.9375rem}
#spectrum~h3{margin-top:2rem}
.item .when{color:var(--muted);font-size:.9375rem}
.fix .do{border-left:3px solid var(--warning);padding-left:.75rem}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
th{font-weight:400;text-align:left}
caption{text-align:left;color:var(--muted);font-size:.875rem;padding-bottom:.5rem}
thead th{color:var(--muted);font-size:.8125rem;vertical-align:bottom;border-bottom:1px solid var(--hairline)}
th,td{padding:.3125rem 0 .3125rem 1rem;vertical-align:baseline}
th:first-child,td:first-child{padding-left:0}
.num{text-align:right;white-space:nowrap}
.data tbody tr{border-bottom:1px solid var(--hairline)}
.data tbody th{font-weight:500}
.evidence{align-self:start}
.evidence tbody td,.evidence thead th{border-bottom:0}
.evidence thead th{padding-top:0}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.scroll{overflow-x:auto}
.scroll th,.scroll td{white-space:nowrap}
.columns{columns:2;column-gap:3.5rem}
.columns>div{break-inside:avoid;margin-bottom:2rem}
.columns h3{font-size:.9375rem;margin-bottom:.375rem}
.stages{list-style:none;display:grid;grid-template-columns:repeat(7,minmax(0,1fr));gap:.5rem}
.stages li{border-radius:.375rem;padding:.75rem .75rem .875rem;border:1.5px solid transparent;display:flex;flex-direction:column;
 min-height:9.5rem}
.stages .n{font-size:.8125rem}
.stages b{font-weight:600;line-height:1.25;font-size:.9375rem;margin-top:.25rem;overflow-wrap:break-word;hyphens:auto}
.stages .tag{font-size:.8125rem;margin-top:.25rem}
.stages .state{margin-top:auto;font-size:.875rem;font-weight:600;padding-top:.75rem}
.stages .on{background:var(--accent);border-color:var(--accent);color:var(--paper)}
.stages .offered{border-color:var(--accent);color:var(--accent)}
.stages .off{border-color:var(--hairline);color:var(--muted)}
.reasons{margin-top:2rem}
.promises{list-style:none;display:grid;gap:.5rem}
.promises li{display:flex;gap:0 .75rem;align-items:center;flex-wrap:wrap}
.promises .verdict{min-width:6rem}
.promises .meta{margin:0}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin-top:.75rem}
.key li{display:flex;gap:.5rem;align-items:center}
footer{margin-top:5rem;padding-top:1.125rem;border-top:1px solid var(--ink);font-size:.875rem;color:var(--muted)}
footer p{max-width:46rem}
.path{overflow-wrap:anywhere;font-weight:500}
@media (max-width:60rem){
 .item{grid-template-columns:1.75rem minmax(0,1fr)}
 .item>*{grid-column:2}
 .item .n{grid-column:1;grid-row:1;text-align:left}
 .item .judgement{grid-row:1;margin-bottom:.375rem;flex-direction:row;align-items:center;gap:.75rem}
 .sure{padding:0}
 .item .evidence{margin-top:1rem}
 .numbers{grid-template-columns:repeat(3,1fr)}
 .stages{grid-template-columns:repeat(4,minmax(0,1fr))}
}
@media screen and (max-width:47.5rem){
 .page{padding:0 1rem 3rem}
 section{margin-top:3rem}
 .columns{columns:1}
 .stages{grid-template-columns:1fr}
 .stages li{min-height:0;display:grid;grid-template-columns:1.5rem 1fr auto;column-gap:.5rem;align-items:baseline}
 .stages b,.stages .state{margin:0;padding:0}
 .stages .tag{grid-column:2;margin:0}
 .stages .state{grid-column:3;grid-row:1}
 svg.wide{display:none!important}
 figure svg.narrow{display:block!important;max-width:30rem}
}
@media (max-width:30rem){
 .numbers{grid-template-columns:repeat(2,1fr);gap:1.25rem}
 .item{grid-template-columns:1.5rem minmax(0,1fr);column-gap:.5rem}
 .todo li{grid-template-columns:minmax(0,1fr)}
 .words{grid-template-columns:minmax(0,1fr)}
 .item .evidence{grid-column:1/-1}
 .evidence th,.evidence td{padding-left:.625rem}
 .evidence th:first-child{padding-left:0}
 .evidence td:last-child{white-space:normal}
 .stacked thead{display:none}
 .stacked tr{display:block;padding:.75rem 0}
 .stacked th,.stacked td{display:block;padding:0}
}
@page{margin:16mm 15mm}
@media print{
 html{font-size:9.5pt}
 .stages .on,.mark,.chart,.strip{-webkit-print-color-adjust:exact;print-color-adjust:exact}
 .page{max-width:none;padding:0}
 .masthead{padding-top:0}
 section{margin-top:2rem}
 section>h2{margin-bottom:1rem;padding-top:.75rem}
 h2,h3,.stage-name,caption{break-after:avoid}
 details{display:none}
 .item,figure,tr,.todo li,.words li,.stages,.numbers,.promises li{break-inside:avoid}
 .item{grid-template-columns:1.5rem 4.75rem minmax(0,1fr) minmax(0,23.5rem);gap:0 1rem;padding:.875rem 0}
 .evidence{font-size:.8125rem}
 .evidence th,.evidence td{padding-left:.75rem}
 .evidence th:first-child{padding-left:0}
 .item>*{grid-column:auto;grid-row:auto}
 body{background:none}
 .item .n{grid-column:auto;text-align:right}
 .item .judgement{flex-direction:column;gap:0;margin:0}
 .item .evidence{margin:0}
 .numbers{grid-template-columns:repeat(6,auto);margin-top:1.5rem}
 .numbers dd{font-size:1.5rem}
 .stages{grid-template-columns:repeat(7,minmax(0,1fr))}
 .stages b{font-size:.8125rem}
 .lead{font-size:2rem;margin:1.25rem 0}
 footer{margin-top:2.5rem;break-inside:avoid}
}
)css";

}  // namespace

std::string style_sheet() {
  std::string css = ":root{color-scheme:light dark;" + properties(light_theme()) + "}\n";
  css += "@media print{:root{--paper:#ffffff;--panel:#ffffff}}\n";
  css += "@media screen and (prefers-color-scheme:dark){:root{" + properties(dark_theme()) + "}}";
  return css.append(kRules);
}

}  // namespace lacquer::html
