/** The look of the phone. WebKit lets the text of a select stick out of it; of less than 16 px iOS zooms in on it. */
export const PHONE_STYLE = `.switch{display:flex;flex-wrap:wrap;gap:10px;align-items:end;margin-bottom:10px}
.switch label{flex:1 1 8rem;min-width:0;font-size:.875rem;color:var(--soft)}
select,.switch input{display:block;width:100%;min-height:44px;margin-top:4px;padding:8px 10px;border:1px solid var(--edge);border-radius:10px;background:var(--field);color:var(--ink);font:inherit;font-size:1rem;text-overflow:ellipsis}
.switch button{width:auto;min-height:44px;padding:8px 14px;font-size:.875rem}
.list{padding:4px 10px}
.list h2{font-size:.9375rem;margin:6px 0}
.one{position:relative;border-top:1px solid var(--line);margin:0!important;padding:6px 0;overflow:hidden}
.one summary,.over{cursor:pointer;font-size:.8125rem;color:var(--soft);padding-right:54px;list-style:none}
.one summary::-webkit-details-marker{display:none}
.one summary:focus-visible{outline-offset:-2px}
.who,.about{display:block;overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
.who b{color:var(--ink)}
[open] .who,[open] .about{white-space:normal}
.one>button{position:absolute;top:7px;right:0;width:44px;min-height:44px;margin:0;padding:0}
.over{cursor:default;padding:4px 0;border-top:1px solid var(--line)}
.badge{display:inline-block;margin-right:4px;padding:0 6px;border-radius:8px;background:var(--mild);color:var(--mild-ink);font-size:.75rem;font-weight:600}
.badge.open,.badge.passed{background:var(--good-back);color:var(--good)}
.badge.left{background:var(--even);color:var(--soft)}
.badge.failed{background:var(--bad-back);color:var(--bad)}
.ends{display:grid;grid-template-columns:repeat(auto-fit,minmax(5.5rem,1fr));gap:8px;margin:8px 0}
.ends button,.failing button{margin:0;min-height:44px;padding:8px;font-size:.875rem}
.failing{display:flex;flex-wrap:wrap;gap:8px;align-items:end;margin-top:8px}
.failing button{flex:1 0 5.5rem;width:auto;background:var(--bad-back);color:var(--bad)}
.failing label{flex:999 1 12rem;min-width:0;font-size:.8125rem;color:var(--soft)}
.shell{margin:16px 0 0}
.notice.good{background:var(--good-back);color:var(--good)}
pre{margin:8px 0 0;padding:12px;border-radius:12px;background:var(--inset);color:var(--ink);white-space:pre-wrap;font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}`;
