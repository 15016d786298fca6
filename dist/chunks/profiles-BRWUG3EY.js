import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-3QDIQUFU.js";import"./chunk-HFHZAMUV.js";export{b as labProfile,a as labProfiles};
