/** The look of all pages. */
const drawing = (shapes: string): string =>
  `url("data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 63" fill="#a9bcd3">${shapes}</svg>`)}")`;
/** Where the picture will be, before there is one. */
const FACE = drawing('<circle cx="50" cy="21" r="15"/><path d="M22 63a28 24 0 0 1 56 0z"/>');
const CARD = drawing(
  '<circle cx="76" cy="24" r="9"/><path d="M60 50a16 14 0 0 1 32 0zM10 16h34v5H10zM10 28h40v5H10zM10 40h28v5H10z"/>',
);

/**
 * The one stylesheet of all pages: a phone-sized card, large targets, contrast of WCAG AA and better, light or dark as the
 * system has it. Text is measured in rem, so it follows the size the person set; transparent borders are what shows where the
 * system forces its own colours. A phone held sideways, and SAF's frame of 640 × 480, have the lens and beside it what is to
 * be done.
 */
export const STYLE = `:root{color-scheme:light;--ink:#16202c;--soft:#56616f;--line:#dfe4ea;--edge:#8996a6;--accent:#0b62d6;--accent-ink:#fff;--paper:#fff;--ground:#eef2f7;--inset:#f1f4f8;--field:#fff;--lens:#dbe5f1;--off:#c9d1db;--off-ink:#3f4954;--mild:#e8f0fc;--mild-ink:#084a9f;--even:#e6eaf0;--good:#07523a;--good-back:#e0f4ea;--bad:#8c1d18;--bad-back:#fdecea;--warn:#5c4300;--warn-back:#fff6e0;--ring:#b45309;--shade:#16202c14}
@media (prefers-color-scheme:dark){:root{color-scheme:dark;--ink:#e6ebf1;--soft:#a3afbc;--line:#2c3641;--edge:#6b7886;--accent:#6aa8ff;--accent-ink:#06121f;--paper:#171d24;--ground:#0f1419;--inset:#10161c;--field:#10161c;--lens:#202a35;--off:#2c3641;--off-ink:#a3afbc;--mild:#1b2a3f;--mild-ink:#a9ccff;--even:#252e38;--good:#6fdcaa;--good-back:#10301f;--bad:#ffb0a8;--bad-back:#3a1512;--warn:#f3cf86;--warn-back:#33270a;--ring:#f0b849;--shade:#0006}}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;overflow-wrap:anywhere}
main,.top{width:100%;max-width:440px;margin:0 auto;padding:0 16px}
.top{display:flex;justify-content:space-between;gap:12px;align-items:center;padding-top:4px;padding-bottom:4px;font-size:.8125rem;color:var(--soft)}
a{color:var(--accent)}
.top a{white-space:nowrap;padding:12px 0 12px 12px}
:focus-visible{outline:3px solid var(--ring);outline-offset:2px}
h1{margin:0 0 6px;font-size:1.375rem;line-height:1.3}
h2{margin:0 0 8px;font-size:1rem}
p{margin:0 0 12px}
.card{background:var(--paper);border:1px solid transparent;border-radius:20px;padding:24px 20px;margin-bottom:16px;box-shadow:0 1px 2px var(--shade),0 8px 28px var(--shade)}
.soft,.hint{color:var(--soft);font-size:.875rem}
.hint:empty{display:none}
.steps{display:flex;gap:6px;list-style:none;margin:0 0 18px;padding:0}
.steps li{flex:1;height:4px;border-radius:2px;background:var(--line)}
.steps li.done,.steps li[aria-current]{background:var(--accent)}
.steps span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
ul.plain,ol.plain{margin:0 0 16px;padding-left:20px}
ul.plain li,ol.plain li{margin-bottom:6px}
button,.button{display:block;width:100%;min-height:48px;border:1px solid transparent;border-radius:14px;padding:12px 16px;background:var(--accent);color:var(--accent-ink);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
form[aria-busy=true] button{opacity:.7;cursor:progress}
button:disabled{background:var(--off);color:var(--off-ink);cursor:not-allowed}
button+button,.button+.button,form+form{margin-top:10px}
button.second,.button.second{background:var(--mild);color:var(--mild-ink)}
button.quiet{background:none;color:var(--soft);font-weight:400}
label.tick{display:flex;gap:10px;align-items:center;min-height:44px;margin-bottom:16px}
label.tick input{width:22px;height:22px;margin:0;flex:none;accent-color:var(--accent)}
.camera{text-align:center;margin-bottom:16px}
.camera button{margin-bottom:10px}
.lens{margin:8px auto 14px;overflow:hidden;background:var(--lens) center bottom/contain no-repeat;border:4px solid var(--paper);box-shadow:0 0 0 3px var(--accent)}
.face .lens{background-image:${FACE};background-size:120%;width:min(260px,70vw,100%);aspect-ratio:1;border-radius:50%}
.id-card .lens{background-image:${CARD};width:100%;aspect-ratio:1.586;border-radius:16px}
.lens video,.lens img{display:block;width:100%;height:100%;object-fit:cover}
.face .lens video,.face .lens img{transform:scaleX(-1)}
.file{display:block;border:2px dashed var(--edge);border-radius:14px;padding:14px;font-weight:600}
.file input{display:block;width:100%;margin-top:8px;font:inherit;font-size:.875rem;font-weight:400}
.notice{border:1px solid transparent;border-radius:14px;padding:12px 14px;margin-bottom:14px;font-size:.875rem;background:var(--warn-back);color:var(--warn)}
.notice.bad{background:var(--bad-back);color:var(--bad)}
.mark{display:grid;place-items:center;width:84px;height:84px;margin:4px auto 16px;border-radius:50%;font-size:2.5rem;line-height:1;background:var(--even);color:var(--soft)}
.mark.good{background:var(--good-back);color:var(--good)}
.mark.bad{background:var(--bad-back);color:var(--bad)}
.center{text-align:center}
.tester{border:1px dashed var(--edge);border-radius:16px;padding:4px 16px;margin-bottom:24px;background:var(--inset);font-size:.875rem}
.tester h2{font-size:.875rem}
.tester summary{cursor:pointer;font-weight:600;padding:11px 0}
.tester svg{display:block;width:min(240px,100%)}.tester code{overflow-wrap:anywhere}
.tester .choices{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(150px,100%),1fr));gap:8px;margin:10px 0}
.tester button{margin:0;min-height:44px;padding:8px 10px;font-size:.875rem;background:var(--field);color:var(--ink);border:1px solid var(--edge);border-radius:10px}
code{font:.8125rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
@media (forced-colors:active){.steps li{height:0;border-top:4px solid GrayText}.steps li.done,.steps li[aria-current]{border-color:Highlight}.mark{border:1px solid}}
@media (min-width:700px){main{padding-top:4vh}}
@media (min-width:560px) and (max-height:560px){main,.top{max-width:620px}main{padding-top:0}.top{padding-top:2px;padding-bottom:2px}.card{padding:10px 20px;margin-bottom:8px}
.steps{margin-bottom:8px}.camera{display:grid;grid-template-columns:auto 1fr;column-gap:24px;align-content:center;margin-bottom:8px}
.camera .lens{grid-row:1/span 9;align-self:center;width:168px;margin:4px}.id-card .lens{width:266px}.card .soft{margin-bottom:4px}.tester{margin-bottom:8px}
.camera>:nth-child(2){margin-top:auto}.camera>:last-child{margin-bottom:auto}
.mark{width:64px;height:64px;font-size:1.875rem;margin-bottom:10px}form+form{margin-top:2px}button.quiet{min-height:44px;padding:8px}}`;
