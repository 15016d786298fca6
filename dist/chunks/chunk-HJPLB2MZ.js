import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var r=["connect","prelogin","serverHello","login"];function o(e){return{count:1,p50:e,p95:e,max:e,failures:{timeouts:0,refusals:0,resets:0,closes:0,others:0}}}export{r as a,o as b};
