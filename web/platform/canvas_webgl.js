// What the graphics card holds and is told, the JavaScript half of canvas_webgl.cpp.
mergeInto(LibraryManager.library, {
  $pccWebgl: {
    gl: null,
    textures: null,
    place: null,  // where the shader is told how CSS px become the card's own numbers

    // A context, new or restored: nothing of ours is in it yet.
    open: (gl) => {
      pccWebgl.gl = gl;
      pccWebgl.textures = new Map();
      const program = gl.createProgram();
      gl.attachShader(program, pccWebgl.shader(gl.VERTEX_SHADER,
        'uniform vec4 v;layout(location=0)in vec2 p;layout(location=1)in vec2 t;layout(location=2)in vec4 c;' +
        'out vec2 u;out vec4 k;void main(){u=t;k=c;gl_Position=vec4(p*v.xy+v.zw,0,1);}'));
      gl.attachShader(program, pccWebgl.shader(gl.FRAGMENT_SHADER,
        'uniform sampler2D s;in vec2 u;in vec4 k;out vec4 o;void main(){o=k*texture(s,u);}'));
      gl.linkProgram(program);
      gl.useProgram(program);
      pccWebgl.place = gl.getUniformLocation(program, 'v');
      pccWebgl.describeCorners(gl);
      gl.enable(gl.BLEND);
      gl.enable(gl.SCISSOR_TEST);
      gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    },
    shader: (kind, text) => {
      const shader = pccWebgl.gl.createShader(kind);
      pccWebgl.gl.shaderSource(shader, '#version 300 es\nprecision highp float;' + text);
      pccWebgl.gl.compileShader(shader);
      return shader;
    },
    // ImDrawVert: place and place in the texture as floats, then four bytes of colour.
    describeCorners: (gl) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
      gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 20, 0);
      gl.vertexAttribPointer(1, 2, gl.FLOAT, false, 20, 8);
      gl.vertexAttribPointer(2, 4, gl.UNSIGNED_BYTE, true, 20, 16);
      for (const place of [0, 1, 2]) gl.enableVertexAttribArray(place);
    },
    texture: (id, width, height, pixels) => {
      const gl = pccWebgl.gl;
      pccWebgl.drop(id);
      pccWebgl.textures.set(id, gl.createTexture());
      gl.bindTexture(gl.TEXTURE_2D, pccWebgl.textures.get(id));
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
      gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, HEAPU8, pixels);
    },
    change: (id, x, y, width, height, row, pixels) => {
      const gl = pccWebgl.gl;
      gl.bindTexture(gl.TEXTURE_2D, pccWebgl.textures.get(id));
      gl.pixelStorei(gl.UNPACK_ROW_LENGTH, row);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, width, height, gl.RGBA, gl.UNSIGNED_BYTE, HEAPU8, pixels);
    },
    drop: (id) => {
      pccWebgl.gl.deleteTexture(pccWebgl.textures.get(id));
      pccWebgl.textures.delete(id);
    },
    begin: (width, height) => {
      const gl = pccWebgl.gl;
      gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
      gl.uniform4f(pccWebgl.place, 2 / width, -2 / height, -1, 1);
    },
    list: (corners, cornerBytes, indices, indexBytes, commands, count) => {
      const gl = pccWebgl.gl;
      gl.bufferData(gl.ARRAY_BUFFER, HEAPU8, gl.STREAM_DRAW, corners, cornerBytes);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, HEAPU8, gl.STREAM_DRAW, indices, indexBytes);
      for (let i = commands >> 2; count > 0; i += 7, --count) {
        const [left, low, width, height, texture, first, length] = HEAP32.subarray(i, i + 7);
        gl.scissor(left, low, width, height);
        gl.bindTexture(gl.TEXTURE_2D, pccWebgl.textures.get(texture));
        gl.drawElements(gl.TRIANGLES, length, gl.UNSIGNED_INT, first * 4);
      }
    },
  },

  pcc_webgl_texture__deps: ['$pccWebgl'],
  pcc_webgl_texture: function (id, width, height, pixels) {
    pccWebgl.texture(id, width, height, pixels);
  },
  pcc_webgl_change__deps: ['$pccWebgl'],
  pcc_webgl_change: function (id, x, y, width, height, row, pixels) {
    pccWebgl.change(id, x, y, width, height, row, pixels);
  },
  pcc_webgl_drop__deps: ['$pccWebgl'],
  pcc_webgl_drop: function (id) {
    pccWebgl.drop(id);
  },
  pcc_webgl_begin__deps: ['$pccWebgl'],
  pcc_webgl_begin: function (width, height) {
    pccWebgl.begin(width, height);
  },
  pcc_webgl_list__deps: ['$pccWebgl'],
  pcc_webgl_list: function (corners, cornerBytes, indices, indexBytes, commands, count) {
    pccWebgl.list(corners, cornerBytes, indices, indexBytes, commands, count);
  },
});
