import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function n(t){try{return t()}catch(r){return{complaint:r instanceof Error?r.message:String(r)}}}export{n as a};
