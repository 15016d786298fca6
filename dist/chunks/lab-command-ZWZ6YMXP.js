import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as f}from"./chunk-K5Z53AVH.js";import{a as m}from"./chunk-PROPSSEE.js";import"./chunk-X4WT7BAM.js";import{a as l,b as p}from"./chunk-NV4OWVL5.js";import{a as n}from"./chunk-F6IN7N3X.js";import"./chunk-RVRI3L37.js";import"./chunk-CP5NBFEY.js";import"./chunk-4SULWCMO.js";import"./chunk-DZWDNYHD.js";import"./chunk-H36CHC2F.js";import"./chunk-EFG7OBID.js";import"./chunk-HFHZAMUV.js";import{parseArgs as d}from"node:util";async function h(a,o){let e=f(()=>y(a));if("complaint"in e)return o.error(`${e.complaint}
`),n.USAGE;if(e.values.list){let u=Math.max(...l().map(({name:i})=>i.length));for(let{name:i,description:c}of l())o.out(`${i.padEnd(u)}  ${c}
`);return n.CLEAN}let[t]=e.positionals,r=t===void 0?void 0:p(t),s=Number(e.values.port);return r?!Number.isInteger(s)||s<0||s>65535?(o.error(`--port ${e.values.port} is not a port.
`),n.USAGE):b(r,s,o):(o.error(`${t===void 0?"lab needs a profile":`There is no lab profile "${t}"`}; \`lab --list\` names them.
`),n.USAGE)}async function b(a,o,e){let t;try{t=await m(a,{port:o,onEvent:r=>e.error(`${r}
`)})}catch(r){return e.error(`The lab could not listen on 127.0.0.1:${o}: ${r instanceof Error?r.message:String(r)}.
`),n.UNABLE}return e.out(`${a.name} on 127.0.0.1,${t.port} (Ctrl+C ends it)
`),await new Promise(r=>{process.once("SIGINT",r),process.once("SIGTERM",r)}),await t.close(),n.CLEAN}var y=a=>d({args:[...a],allowPositionals:!0,options:{port:{type:"string",default:"0"},list:{type:"boolean",default:!1}}});export{h as labCommand};
