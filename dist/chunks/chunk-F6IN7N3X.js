import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var E={CLEAN:0,FINDINGS:1,USAGE:2,UNABLE:3,INTERRUPTED:130};export{E as a};
