import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as f}from"./chunk-FG74GWT3.js";import"./chunk-YZHMFX7W.js";import"./chunk-HO5YITGX.js";import{a as n}from"./chunk-YF7Q3KKW.js";import{a as p,b as m}from"./chunk-XCYDU2ZG.js";import"./chunk-WTPEZWKF.js";import"./chunk-HFHZAMUV.js";import{parseArgs as c}from"node:util";async function T(a,o){let e;try{e=b(a)}catch(s){return o.error(`${s instanceof Error?s.message:String(s)}
`),n.USAGE}if(e.values.list){let s=Math.max(...p().map(({name:l})=>l.length));for(let{name:l,description:u}of p())o.out(`${l.padEnd(s)}  ${u}
`);return n.CLEAN}let[t]=e.positionals,r=t===void 0?void 0:m(t),i=Number(e.values.port);return r?!Number.isInteger(i)||i<0||i>65535?(o.error(`--port ${e.values.port} is not a port.
`),n.USAGE):d(r,i,o):(o.error(`${t===void 0?"lab needs a profile":`There is no lab profile "${t}"`}; \`lab --list\` names them.
`),n.USAGE)}async function d(a,o,e){let t;try{t=await f(a,{port:o,onEvent:r=>e.error(`${r}
`)})}catch(r){return e.error(`The lab could not listen on 127.0.0.1:${o}: ${r instanceof Error?r.message:String(r)}.
`),n.UNABLE}return e.out(`${a.name} on 127.0.0.1,${t.port} (Ctrl+C ends it)
`),await new Promise(r=>{process.once("SIGINT",r),process.once("SIGTERM",r)}),await t.close(),n.CLEAN}var b=a=>c({args:[...a],allowPositionals:!0,options:{port:{type:"string",default:"0"},list:{type:"boolean",default:!1}}});export{T as labCommand};
