import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as t}from"./chunk-CP5NBFEY.js";import{a as o,c as n}from"./chunk-4SULWCMO.js";var p="18.0.0",E=16*1024,l="";function m(e,r){let i=t({version:p,encryption:e,instance:r??""});return n(o.PRELOGIN,i)}export{E as a,l as b,m as c};
